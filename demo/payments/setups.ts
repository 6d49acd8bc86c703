import { findCard, savingOutcome, type TestCard } from "./cards";
import { attach } from "./methods";
import { sessionObject, setupObject } from "./objects";
import { find, type Method, type Session, type Setup } from "./store";
import { emit, newId, nowS, type Till } from "./till";

/** Tries to save a card on an open page; answers what the person sees next. */
export function saveCard(till: Till, session: Session, method: Method): TestCard["outcome"] {
  const setup = setupOf(till, session);
  const card = findCard(method.number);
  const outcome = card === undefined ? "declined" : savingOutcome(card);
  setup.methodId = method.id;
  setup.status = outcome === "authenticate" ? "requires_action" : "requires_payment_method";
  if (outcome === "succeeds") succeed(till, session, setup);
  if (outcome === "declined") emit(till, "setup_intent.setup_failed", session, setupObject(setup));
  till.store.save();
  return outcome;
}

/** The answer of the person whose bank asked. Does nothing when no bank is asking. */
export function confirmSaving(till: Till, session: Session, confirmed: boolean): void {
  const setup = setupOf(till, session);
  if (session.status !== "open" || setup.status !== "requires_action") return;
  if (confirmed) {
    succeed(till, session, setup);
    return;
  }
  setup.status = "requires_payment_method";
  emit(till, "setup_intent.setup_failed", session, setupObject(setup));
}

function setupOf(till: Till, session: Session): Setup {
  const { setups } = till.store.state;
  const begun = find(setups, session.setupId);
  if (begun !== undefined) return begun;
  const setup: Setup = {
    id: newId("seti"),
    sessionId: session.id,
    createdS: nowS(till),
    customerId: session.customerId,
    methodId: null,
    metadata: session.paymentMetadata,
    status: "requires_payment_method",
  };
  setups[setup.id] = setup;
  session.setupId = setup.id;
  return setup;
}

function succeed(till: Till, session: Session, setup: Setup): void {
  const method = find(till.store.state.methods, setup.methodId);
  setup.status = "succeeded";
  session.status = "complete";
  emit(till, "setup_intent.succeeded", session, setupObject(setup));
  emit(till, "checkout.session.completed", session, sessionObject(till, session));
  if (method !== undefined && setup.customerId !== null) attach(till, method, setup.customerId);
}

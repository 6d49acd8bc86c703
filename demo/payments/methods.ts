import { fingerprintOf, type TestCard } from "./cards";
import { customerObject, methodObject } from "./objects";
import { type Customer, find, type Method } from "./store";
import { emit, newId, nowS, type Till } from "./till";

/** What a person typed of a card. */
export interface TypedCard {
  card: TestCard;
  email: string;
  expiryMonth: number;
  expiryYear: number;
}

/** A card as it was typed: it is nobody's until it is saved. */
export function newCard(till: Till, { card, email, expiryMonth, expiryYear }: TypedCard): Method {
  return keep(till, {
    id: newId("pm"),
    createdS: nowS(till),
    type: "card",
    customerId: null,
    number: card.number,
    brand: card.brand,
    expiryMonth,
    expiryYear,
    fingerprint: fingerprintOf(card, email),
  });
}

/** A wallet of stablecoins; it pays once and is never saved. */
export function newWallet(till: Till): Method {
  const address = `0x${newId("w").slice(-40)}`;
  const empty = { customerId: null, number: "", brand: "", expiryMonth: 0, expiryYear: 0 };
  return keep(till, { id: newId("pm"), createdS: nowS(till), type: "crypto", fingerprint: address, ...empty });
}

function keep(till: Till, method: Method): Method {
  till.store.state.methods[method.id] = method;
  till.store.save();
  return method;
}

export function attach(till: Till, method: Method, customerId: string): void {
  method.customerId = customerId;
  emit(till, "payment_method.attached", method, methodObject(method));
}

export function detach(till: Till, method: Method): void {
  method.customerId = null;
  emit(till, "payment_method.detached", method, methodObject(method));
}

/** The cards a customer saved, the latest first. */
export const savedBy = (till: Till, customerId: string): Method[] =>
  Object.values(till.store.state.methods)
    .filter((method) => method.customerId === customerId)
    .toReversed();

/** A customer who was not deleted. */
export function customerOf(till: Till, id: string | null | undefined): Customer | undefined {
  const customer = find(till.store.state.customers, id);
  return customer?.deleted ? undefined : customer;
}

/** What they saved is nobody's then; what they paid stays. */
export function deleteCustomer(till: Till, customer: Customer): void {
  for (const method of savedBy(till, customer.id)) detach(till, method);
  emit(till, "customer.deleted", customer, customerObject(customer));
  Object.assign(customer, { deleted: true, email: null, name: null });
  till.store.save();
}

import { paymentContext } from "@/lib/services/funds/payment-context";
import { receivePaymentEvent } from "@/lib/services/funds/receive-payment-event";

/** Far above any event of Stripe's: whoever cannot sign may still send, and must not fill the memory. */
const BODY_BYTES_MAX = 1_000_000;

/** Stripe's webhook. No session: the signature over the raw body is the only credential. */
export async function POST(request: Request): Promise<Response> {
  const rawBody = await readBody(request);
  if (rawBody === null) return problem(400, `The body is larger than ${BODY_BYTES_MAX} bytes.`);
  const signature = request.headers.get("stripe-signature");
  const received = await receivePaymentEvent(paymentContext(), { rawBody, signature });
  if (received.ok) return Response.json({ received: true });
  return problem(received.problem.code === "unavailable" ? 503 : 400, received.problem.detail);
}

async function readBody(request: Request): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    bytes += read.value.byteLength;
    if (bytes > BODY_BYTES_MAX) {
      await reader?.cancel();
      return null;
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks);
}

const problem = (status: number, detail: string): Response =>
  Response.json(
    { type: "about:blank", title: status === 503 ? "Try again" : "Not accepted", status, detail },
    { status, headers: { "content-type": "application/problem+json" } },
  );

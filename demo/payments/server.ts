import { fstatSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { homeFolder } from "@/demo/folders";
import { codeOf } from "@/demo/stop";
import { startPaymentService } from "./service";

const Environment = z.object({
  PAYMENTS_PORT: z.coerce.number().int().min(0).max(65_535),
  STRIPE_SECRET_KEY: z.string().min(1),
  STRIPE_WEBHOOK_SECRETS: z.string().transform((text) => text.split(",").filter((secret) => secret !== "")),
  /** The product's webhook, such as http://localhost:3000/api/payments/stripe/webhook */
  WEBHOOK_URL: z.url(),
});

/** The demo's payment service as a process. Tells its parent when it listens, and ends when the parent does. */
async function main(): Promise<void> {
  const env = Environment.parse(process.env);
  const service = await startPaymentService({
    port: env.PAYMENTS_PORT,
    secretKey: env.STRIPE_SECRET_KEY,
    webhook: { url: env.WEBHOOK_URL, secrets: env.STRIPE_WEBHOOK_SECRETS },
    stateFile: join(homeFolder(), "payments.json"),
  });
  console.log(`Payments: ${service.url}`);
  process.send?.("ready");

  const stop = (): void => {
    service.close().finally(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  process.once("disconnect", stop);
  if (isPipe(0)) process.stdin.resume().once("end", stop).once("error", stop);
}

/** A parent that died closes its end; a terminal or /dev/null says nothing about it. */
function isPipe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isFIFO() || stat.isSocket();
  } catch {
    return false;
  }
}

main().catch((error: unknown) => {
  if (codeOf(error) === "EADDRINUSE")
    console.error(`Port ${process.env.PAYMENTS_PORT} is taken; set PAYMENTS_PORT to another one.`);
  else console.error(error instanceof z.ZodError ? z.prettifyError(error) : error);
  process.exit(1);
});

import { connect } from "node:net";
import { waitFor } from "@/demo/processes/wait";
import { Stop } from "@/demo/stop";

const readyMsMax = 120_000;

/** Waits until something listens at 127.0.0.1. @throws Stop when nothing does within two minutes. */
export async function waitForPort(name: string, port: number): Promise<void> {
  if (await waitFor(() => listens(port), { deadlineMs: readyMsMax })) return;
  throw new Stop(`${name} did not open its port ${port} within two minutes.`);
}

/** Waits until the product says that it is well. @throws Stop with what it says instead. */
export async function waitForHealth(url: string): Promise<void> {
  let last = "no answer";
  const well = await waitFor(
    async () => {
      try {
        const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) });
        last = `status ${response.status}: ${(await response.text()).slice(0, 200)}`;
        return response.ok;
      } catch (error) {
        last = error instanceof Error ? error.message : String(error);
        return false;
      }
    },
    { deadlineMs: readyMsMax, everyMs: 50 },
  );
  if (!well) throw new Stop(`${url}/api/health was not well within two minutes; the last answer: ${last}`);
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

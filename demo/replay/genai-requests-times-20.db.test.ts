import { promiseReplay } from "./testing/replay-promises";

// At its own price few customers reach the trigger; at this one many do.
promiseReplay({
  file: "genai-requests.csv",
  priceFactor: 20n,
  full: true,
  events: 26_790,
  customers: 4_244,
  triggersReached: 226,
});

import { promiseReplay } from "./testing/replay-promises";

promiseReplay({ file: "genai-requests.csv", events: 26_790, customers: 4_244, triggersReached: 8 });

import { promiseReplay } from "./testing/replay-promises";

promiseReplay({ file: "gpu-pods.csv", events: 6_203, customers: 87, triggersReached: 42 });

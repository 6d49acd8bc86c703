import { machineApi } from "@/lib/session/machine-api";

export const GET = machineApi;

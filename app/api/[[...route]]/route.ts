import { machineApi } from "@/lib/session/machine-api";

export const GET = machineApi;
export const POST = machineApi;
export const PUT = machineApi;
export const PATCH = machineApi;
export const DELETE = machineApi;

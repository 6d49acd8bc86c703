import { handleAuth } from "@/lib/session/auth-route";

export const GET = handleAuth;
export const POST = handleAuth;

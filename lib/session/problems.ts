interface Explanation {
  /** What happened. */
  title: string;
  /** What it means, and what to do. */
  text: string;
}

const oneWay = "Sign-ins are never joined by e-mail address: an address can change hands.";

const explanations = {
  // Ours.
  UseGoogle: {
    title: "You signed in with Google before",
    text: `This address already has an account here, which is opened with Google. ${oneWay} Continue with Google below.`,
  },
  UseGitHub: {
    title: "You signed in with GitHub before",
    text: `This address already has an account here, which is opened with GitHub. ${oneWay} Continue with GitHub below.`,
  },
  UseEmail: {
    title: "You signed in by e-mail link before",
    text: `This address already has an account here, which is opened by a link sent to it. ${oneWay} Ask for a link below.`,
  },
  SignedInAlready: {
    title: "You are signed in already",
    text: `The other sign-in was neither opened nor joined to your account. ${oneWay} To add a way to sign in, ask for it under Settings; to change accounts, sign out first.`,
  },
  EmailNotVerified: {
    title: "The provider has not verified your e-mail address",
    text: "No account was opened. Verify your primary address with Google or GitHub and come back, or ask for a link by e-mail below.",
  },
  TooManyLinks: {
    title: "Five links were sent to this address within the hour",
    text: "Each of them still works, once: look for the latest one, in the spam folder too, or try again in an hour.",
  },
  Cancelled: {
    title: "The sign-in was cancelled",
    text: "Nothing was opened and nothing is kept. Choose a way to sign in when you are ready.",
  },
  CookiesBlocked: {
    title: "Your browser keeps no cookies for this site",
    text: "Signing in needs one cookie, which says who you are. Allow cookies for this site, then load this page again.",
  },
  FormExpired: {
    title: "The form had expired",
    text: "Nothing was sent. The form below is fresh: please choose again.",
  },
  SessionEnded: {
    title: "You are signed out in this browser",
    text: "A sign-in lasts 30 days, and can be ended from another browser's settings. Sign in, and you go on where you were.",
  },
  NotSent: {
    title: "Nothing was done: you are signed out in this browser",
    text: "What you sent came too late and was not kept. Sign in: you come back to that page, to send it again.",
  },
  // next-auth's.
  OAuthSignin: {
    title: "The provider could not be reached",
    text: "The sign-in did not start. Try again in a minute, or ask for a link by e-mail below.",
  },
  OAuthCallback: {
    title: "The provider's answer could not be verified",
    text: "That happens when a sign-in takes longer than 15 minutes, is started in two tabs, or the provider fails to answer. Nothing was opened: start again below.",
  },
  OAuthCreateAccount: {
    title: "Your sign-in could not be saved",
    text: "Nothing was opened. Try again; your earlier attempt left nothing behind.",
  },
  EmailCreateAccount: {
    title: "Your sign-in could not be saved",
    text: "Nothing was opened, and the link is used up. Ask for a new one below.",
  },
  Callback: {
    title: "The sign-in was not completed",
    text: "The last step failed on our side and nothing was opened. Try again in a minute.",
  },
  OAuthAccountNotLinked: {
    title: "This address belongs to another sign-in",
    text: `An account here is opened with this address, but by another identity at the same provider. ${oneWay} Use the one you used first.`,
  },
  EmailSignin: {
    title: "The link could not be sent",
    text: "Check the address: it must be exactly one, like name@example.com. If it is right, try again in a minute.",
  },
  SessionRequired: {
    title: "Please sign in",
    text: "That page belongs to an account. Sign in, and you go on to yours.",
  },
  Configuration: {
    title: "Signing in is not set up correctly",
    text: "The fault is ours, not yours, and trying again will not help. Please tell whoever runs this site.",
  },
  AccessDenied: { title: "The sign-in was refused", text: "Nothing was opened. Choose another way to sign in below." },
  Verification: {
    title: "This link does not work any more",
    text: "A link works once, for one hour, and only if it is complete. Ask for a new one below.",
  },
  Default: { title: "The sign-in was not completed", text: "Nothing was opened. Start again below." },
} as const satisfies Record<string, Explanation>;

/** Why a sign-in did not happen. */
export type Problem = keyof typeof explanations;

const isProblem = (code: string): code is Problem => Object.hasOwn(explanations, code);

/** The problem an address names; a code nobody knows is the general one. */
export function problemNamed(code: string | undefined): Problem | null {
  if (code === undefined || code === "") return null;
  return isProblem(code) ? code : "Default";
}

const ofNobody: ReadonlySet<Problem> = new Set<Problem>(["SessionRequired", "SessionEnded", "NotSent"]);

/** Whether it was only that nobody was signed in: then it is over once somebody is. */
export const endsWithSignIn = (problem: Problem): boolean => ofNobody.has(problem);

export const explanationOf = (problem: Problem): Explanation => explanations[problem];

import { classes } from "./classes";

const looks = {
  /** The one thing to do on this page. */
  primary: "border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong",
  secondary: "border-edge bg-raised text-ink hover:border-ink",
  quiet: "border-transparent bg-transparent text-accent hover:bg-accent-soft",
  danger: "border-danger bg-raised text-danger hover:bg-danger-soft",
} as const;

export interface ButtonLook {
  look?: keyof typeof looks | undefined;
  small?: boolean | undefined;
}

export const buttonClasses = ({ look = "secondary", small }: ButtonLook, more?: string): string =>
  classes(
    "inline-flex items-center justify-center gap-2 rounded-sm border font-medium no-underline",
    "disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60",
    small ? "min-h-8 py-1 text-sm" : "min-h-10 py-2 text-[0.9375rem]",
    // Without an edge to see, its words stand in line with what is above and below.
    look === "quiet" ? "-mx-1.5 px-1.5" : small ? "px-3" : "px-4",
    looks[look],
    more,
  );

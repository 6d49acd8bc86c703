import type { ComponentProps } from "react";
import { type ButtonLook, buttonClasses } from "./button-look";
import { Link } from "./link";

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ look, small, className, ...rest }: ButtonLook & ComponentProps<typeof Link>) {
  return <Link className={buttonClasses({ look, small }, className)} {...rest} />;
}

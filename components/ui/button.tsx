import type { ComponentProps } from "react";
import { type ButtonLook, buttonClasses } from "./button-look";

export function Button({ look, small, className, type = "button", ...rest }: ButtonLook & ComponentProps<"button">) {
  return <button type={type} className={buttonClasses({ look, small }, className)} {...rest} />;
}

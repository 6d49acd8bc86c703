import type { NextConfig } from "next";

const config: NextConfig = {
  reactCompiler: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  serverExternalPackages: ["postgres", "graphile-worker", "nodemailer"],
};

export default config;

// Loaded by the launcher into every process it starts, before the process's own program: when the launcher is gone,
// however it died, the channel to it closes and the process ends.
const graceMs = 2000;
const launcher = process.env.TENSPOT_TETHER;
// Some programs hand their options on to processes of their own, whose channels are not ours to watch.
delete process.env.TENSPOT_TETHER;

if (launcher !== undefined) {
  // It died while we were being started.
  if (launcher !== String(process.ppid)) process.exit(1);
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), graceMs).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // The channel alone must not keep a program from ending by itself.
  process.channel?.unref();
}

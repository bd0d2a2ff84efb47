/** A process that learns and tidies up for the others, and has no connection to Discord. */
import { createTrainerServices } from "../compose.js";
import { type Begun, beginBeside } from "./begun.js";

/** Resolves when the trainer works; it ends with the process. */
export async function runTrainer(begun: Begun): Promise<void> {
  const { options, shutdown, systemd } = begun;
  const services = await createTrainerServices(options);
  services.metrics.readings.gatewayNeeded = () => false;
  await beginBeside(services, begun);
  shutdown.add(() => systemd.stopping());
  options.log.info({ event: "trainer.ready" });
}

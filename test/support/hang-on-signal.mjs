/** Loaded before a program: a signal makes its event loop hang, or busy without ever hanging. */
process.on("SIGUSR2", () => {
  for (;;);
});

const ROUNDS = 8;
const ROUND_MS = 400;

process.on("SIGCONT", () => {
  let round = 0;
  const work = () => {
    const end = performance.now() + ROUND_MS;
    while (performance.now() < end);
    round++;
    if (round < ROUNDS) setImmediate(work);
    else console.error("busy no more");
  };
  work();
});

package org.hitc.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.RequestId;
import org.hitc.channel.hole.Answer;
import org.hitc.channel.hole.AskLimits;
import org.hitc.channel.hole.Asker;
import org.hitc.channel.hole.FileSink;
import org.hitc.channel.hole.Hole;
import org.hitc.channel.hole.HoleLimits;
import org.hitc.channel.hole.HoleSetup;
import org.hitc.channel.hole.Layout;
import org.hitc.channel.hole.Observer;
import org.hitc.channel.hole.Owners;
import org.hitc.channel.os.Poller;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.config.Program;
import org.hitc.listener.program.Job;
import org.hitc.listener.program.JobObserver;
import org.hitc.listener.program.ProcessSetup;
import org.hitc.listener.program.ProgramResult;
import org.hitc.listener.program.ProgramRunner;
import org.hitc.listener.program.RunningJob;
import org.hitc.listener.program.Step;
import org.hitc.workflow.model.RunAs;

/**
 * A process that is measured, in a JVM with the product's flags: {@code ask DIR}, {@code answer
 * DIR}, {@code answer-checked DIR STORE SIGNED-IN OTHERS}, {@code spawn PROGRAM}, {@code extract
 * PRINTOUT}, {@code check STORE SIGNED-IN OTHERS}, {@code token}, {@code token-again}, {@code
 * signature}, {@code messages DIR} or {@code messages-icu DIR}. It says {@code up}; then each line
 * of its input is a number of rounds, and each line of its output their times. It ends when its
 * input ends. {@code held PRINTOUT ROW} prints the KiB in use at that row, and ends; {@code rates
 * DIR} prints what stores do in a second, and ends.
 */
public final class Worker {
  private static final Charset ENCODING = StandardCharsets.UTF_8;
  private static final String TOKEN = "v4.public.0123456789";
  private static final FileSink NO_FILE =
      file -> {
        throw new IOException("no file expected: " + file);
      };

  private Worker() {}

  interface Round {
    void run() throws Exception;
  }

  /** Runs one of them. */
  public static void main(String[] words) throws Exception {
    try (Poller poller = Poller.open()) {
      switch (words[0]) {
        case "ask" -> ask(poller, new Layout(Path.of(words[1])));
        case "answer" -> answer(poller, new Layout(Path.of(words[1])), () -> {});
        case "answer-checked" -> {
          Path store = Path.of(words[2]);
          try (TokenChecks checks =
              TokenChecks.prepare(store, Integer.parseInt(words[3]), Integer.parseInt(words[4]))) {
            answer(poller, new Layout(Path.of(words[1])), checks::one);
          }
        }
        case "spawn" -> spawn(poller, Path.of(words[1]));
        case "check" ->
            check(Path.of(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        case "rates" -> {
          System.out.println(StoreRates.embedded(Path.of(words[1])));
          System.out.println(StoreRates.server());
        }
        case "extract" -> extract(new Extractor(Path.of(words[1])));
        case "token" -> measure(new Tokens()::first);
        case "token-again" -> measure(new Tokens()::again);
        case "signature" -> measure(Tokens.bare());
        case "messages" -> measure(FormMessages.write(Path.of(words[1]))::ours);
        case "messages-icu" -> measure(FormMessages.write(Path.of(words[1]))::icus);
        case "held" ->
            System.out.println(
                new Extractor(Path.of(words[1])).held(Long.parseLong(words[2])) + " KiB");
        default -> throw new IllegalArgumentException("no worker " + words[0]);
      }
    }
  }

  private static void ask(Poller poller, Layout layout) throws Exception {
    // As wide as the floor's request.
    Request request = new Request.Home(TOKEN, "en");
    try (Asker asker = Asker.open(layout, AskLimits.defaults(), poller)) {
      measure(() -> {
        if (!(asker.ask(request, NO_FILE) instanceof Answer.Complete)) {
          throw new IllegalStateException("the hole gave no complete answer");
        }
      });
    }
  }

  private static void answer(Poller poller, Layout layout, Runnable first) throws Exception {
    Owners owners = new Owners(PosixFiles.geteuid(), PosixFiles.geteuid(), PosixFiles.getegid());
    HoleSetup.create(layout, owners);
    // A reply of the size of the floor's page.
    Reply reply = new Reply.Cancelled("p".repeat(1000));
    try (Hole hole = Hole.open(layout, owners, HoleLimits.defaults(), poller, new LoudObserver())) {
      Thread.ofPlatform()
          .name("hole")
          .start(() -> {
            try {
              hole.serve((_, replier) -> {
                first.run();
                replier.reply(reply);
              });
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      measure(() -> {
        throw new IllegalStateException("it only answers");
      });
    }
  }

  private static void spawn(Poller poller, Path path) throws Exception {
    ProcessSetup.apply();
    Program program =
        new Program(
            "line",
            path,
            Map.of(),
            ENCODING,
            Duration.ofSeconds(10),
            1,
            1 << 20,
            1024,
            Optional.empty(),
            Set.of(0),
            Set.of(new RunAs.Service()),
            Program.Breaker.DEFAULT);
    List<Step> steps = List.of(Step.of(program, List.of(), List.of()));
    Job job = new Job("BENC-HM", "anna", "en", Optional.empty(), steps);
    try (ProgramRunner runner =
        new ProgramRunner(poller, "bench", "main", "UTC", Optional.empty())) {
      measure(() -> {
        Counter printed = new Counter();
        RunningJob running = runner.start(job, printed);
        if (!running.result().get().succeeded() || printed.bytes == 0) {
          throw new IllegalStateException(path + " did not print its line");
        }
      });
    }
  }

  private static void check(Path file, int signedIn, int others) throws Exception {
    try (TokenChecks checks = TokenChecks.prepare(file, signedIn, others)) {
      measure(checks::one);
    }
  }

  private static void extract(Extractor extractor) throws Exception {
    measure(() -> {
      if (extractor.extract(_ -> {}) == 0) {
        throw new IllegalStateException("no rows");
      }
    });
  }

  /** Each round on a virtual thread, as the product works. */
  private static void measure(Round round) throws Exception {
    System.out.println("up");
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, ENCODING));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int rounds = Integer.parseInt(line);
      var times = new java.util.concurrent.FutureTask<>(() -> times(round, rounds));
      Thread.ofVirtual().start(times);
      System.out.println(times.get().line());
    }
  }

  private static Times times(Round round, int rounds) throws Exception {
    long[] nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      long before = System.nanoTime();
      round.run();
      nanos[i] = System.nanoTime() - before;
    }
    return Times.of(nanos);
  }

  /** Counts what a program printed. */
  private static final class Counter implements JobObserver {
    private long bytes;

    @Override
    public void started(Program program, int pid) {}

    @Override
    public void output(Program program, byte[] printed, int offset, int length) {
      bytes += length;
    }

    @Override
    public void ended(ProgramResult result) {}

    @Override
    public void paused(Program program) {}

    @Override
    public void resumed(Program program) {}
  }

  /** A benchmark in which anything is refused is none. */
  private static final class LoudObserver implements Observer {
    @Override
    public void refused(Optional<RequestId> id, Refusal why, String detail) {
      System.err.println("refused: " + why + " " + detail);
    }

    @Override
    public void interrupted(RequestId id) {
      System.err.println("interrupted: " + id);
    }

    @Override
    public void garbage(long bytes) {
      System.err.println("garbage: " + bytes);
    }

    @Override
    public void failed(Optional<RequestId> id, Throwable cause) {
      cause.printStackTrace();
    }
  }
}

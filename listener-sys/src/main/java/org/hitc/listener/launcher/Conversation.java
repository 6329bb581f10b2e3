package org.hitc.listener.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.os.Descriptors;
import org.hitc.listener.launcher.os.ProcessCalls;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.RunRefusal;
import org.hitc.listener.launcher.protocol.Wire;

/** One connection: a question, its answer, and, when that is a run, its whole life. */
final class Conversation {
  private static final Duration QUESTION = Duration.ofSeconds(5);
  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final int DESCRIPTORS = 3;
  private static final int MAX_WORDS = 128;

  private final Desk desk;
  private final Runs runs;
  private final Slots slots;
  private final OwnLog log;
  private final long core = Limits.core();
  private final Rate runRate = new Rate(System::nanoTime);
  private final Rate grantRate = new Rate(System::nanoTime);
  private final AtomicLong lastRun = new AtomicLong();

  Conversation(Desk desk, Runs runs, Slots slots, OwnLog log) {
    this.desk = desk;
    this.runs = runs;
    this.slots = slots;
    this.log = log;
  }

  /** What a socket is for; who may use it, the policy says. */
  enum Role {
    RUN("run.sock"),
    GRANT("grant.sock");

    private final String socket;

    Role(String socket) {
      this.socket = socket;
    }

    String socket() {
      return socket;
    }

    /** A question that this socket takes. */
    boolean takes(Ask ask) {
      return switch (ask) {
        case Ask.Run _ -> this == RUN;
        case Ask.Grant _ -> this == GRANT;
        case Ask.Revoke _, Ask.RevokeUser _, Ask.RevokeAll _ -> true;
      };
    }
  }

  /**
   * Has it from its first byte to its end.
   *
   * @param peer the only user who may ask here
   */
  void hold(Connection connection, Role role, int peer) {
    try (connection) {
      int uid = connection.peerUser();
      if (uid != peer) {
        log.say("stranger", Map.of("uid", Integer.toString(uid), "socket", role.socket()));
        return;
      }
      Optional<Ask> ask = admitted(connection, role);
      if (ask.isPresent()) {
        answer(connection, role, ask.get());
      }
    } catch (IOException e) {
      log.say("torn", Map.of("socket", role.socket(), "why", String.valueOf(e.getMessage())));
    }
  }

  /** The question, if there is one that can be answered; else it has been said why not. */
  private Optional<Ask> admitted(Connection connection, Role role) throws IOException {
    try {
      // Each socket has its own: who floods one cannot keep the other from being heard.
      if (!(role == Role.RUN ? runRate : grantRate).admits()) {
        throw new RefusedException(RunRefusal.BUSY, "too many questions");
      }
      return question(connection);
    } catch (RefusedException e) {
      log.say("torn", Map.of("socket", role.socket(), "why", String.valueOf(e.getMessage())));
      say(connection, e.answer());
      return Optional.empty();
    }
  }

  private static Optional<Ask> question(Connection connection)
      throws IOException, RefusedException {
    long deadline = System.nanoTime() + QUESTION.toNanos();
    Optional<byte[]> header = connection.receive(Wire.HEADER, DESCRIPTORS, deadline);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    try {
      int length = Wire.length(header.get());
      byte[] message =
          connection
              .receive(length, 0, deadline)
              .orElseThrow(() -> new RefusedException(RunRefusal.SYNTAX, "half a question"));
      return Optional.of(Wire.ask(message));
    } catch (Wire.WireException e) {
      throw new RefusedException(RunRefusal.SYNTAX, String.valueOf(e.getMessage()));
    }
  }

  private void answer(Connection connection, Role role, Ask ask) throws IOException {
    try {
      if (!role.takes(ask)) {
        throw new RefusedException(RunRefusal.SYNTAX, "not asked here");
      }
      switch (ask) {
        case Ask.Run run -> run(connection, run);
        case Ask.Grant(String user) -> say(connection, new Answer.Granted(desk.grant(user)));
        default -> say(connection, desk.revoke(ask));
      }
    } catch (RefusedException e) {
      log.say("refused", refusal(ask, e.answer()));
      say(connection, e.answer());
    }
  }

  private static Map<String, String> refusal(Ask ask, Answer.Refused why) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("code", why.why().code());
    fields.put("detail", why.detail());
    switch (ask) {
      case Ask.Run run -> {
        fields.put("entry", run.entry());
        fields.put("account", run.account());
        fields.put("job", run.job());
      }
      case Ask.Grant(String user) -> fields.put("user", user);
      case Ask.Revoke _, Ask.RevokeUser _, Ask.RevokeAll _ -> {}
    }
    // Foreign words: whoever asks for nonsense must not be able to fill the disk with it.
    fields.replaceAll((_, value) -> value.substring(0, Math.min(value.length(), MAX_WORDS)));
    return fields;
  }

  private void run(Connection connection, Ask.Run ask) throws RefusedException, IOException {
    List<Integer> descriptors = connection.takeDescriptors();
    Desk.Allowed allowed;
    Runs.Live live;
    String number = Long.toString(lastRun.incrementAndGet());
    try {
      Desk.pipes(descriptors);
      allowed = desk.allow(ask);
      slots.take(allowed.entry(), allowed.account().uid());
      try {
        live = start(allowed, descriptors, number);
      } catch (RefusedException | IOException | RuntimeException | Error e) {
        slots.give(allowed.entry(), allowed.account().uid());
        throw e;
      }
    } finally {
      descriptors.forEach(Descriptors::close);
    }
    try {
      live(connection, allowed, live);
    } finally {
      slots.give(allowed.entry(), allowed.account().uid());
    }
  }

  private Runs.Live start(Desk.Allowed allowed, List<Integer> descriptors, String number)
      throws RefusedException, IOException {
    Account account = allowed.account();
    List<byte[]> command = Chain.command(allowed.entry(), account, allowed.ask().args(), core);
    List<byte[]> environment =
        Chain.environment(allowed.entry(), account, allowed.user(), allowed.ask(), number);
    try {
      log.record(
          "start",
          Map.of(
              "run", number,
              "user", allowed.user(),
              "account", account.name(),
              "uid", Long.toString(account.uid()),
              "entry", allowed.entry().name(),
              "program", allowed.entry().program().toString(),
              "arguments", allowed.ask().args().toString(),
              "job", allowed.ask().job()));
    } catch (IOException e) {
      throw new RefusedException(RunRefusal.LOG, String.valueOf(e.getMessage()));
    }
    for (int fd : descriptors) {
      Descriptors.give(fd, (int) account.uid(), (int) account.gid());
    }
    return runs.start(command, environment, descriptors, account, number);
  }

  /** From the proof to the end, whatever happens to this thread's connection. */
  private void live(Connection connection, Desk.Allowed allowed, Runs.Live live)
      throws IOException {
    long began = System.nanoTime();
    String how = "failed";
    try {
      say(connection, new Answer.Started(live.pid()));
      how = watch(connection, live, began + allowed.entry().limits().time().toNanos());
    } finally {
      ProcessCalls.Status status = runs.end(live);
      log.say(
          "end",
          Map.of(
              "run", live.run(),
              "how", how,
              "status", status.toString(),
              "millis", Long.toString(Duration.ofNanos(System.nanoTime() - began).toMillis())));
    }
    if (!how.equals(ENDED)) {
      say(connection, new Answer.Signalled(ProcessCalls.SIGKILL));
    }
  }

  private static final String TIME = "time";
  private static final String ENDED = "ended";

  /** Until the program ends, its time is over, or the other end goes or says another word. */
  private static String watch(Connection connection, Runs.Live live, long deadline)
      throws IOException {
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    Connection.Happened happened = connection.awaitWordOr(live.pidfd(), left);
    Optional<ProcessCalls.Status> status = Runs.ended(live);
    if (status.isPresent()) {
      say(
          connection,
          switch (status.get()) {
            case ProcessCalls.Status.Exited(int code) -> new Answer.Exited(code);
            case ProcessCalls.Status.Signalled(int signal) -> new Answer.Signalled(signal);
          });
      // What it left behind may still be writing; the other end says when it has enough.
      connection.awaitWord(LINGER);
      return ENDED;
    }
    return happened.word() ? "cancelled" : TIME;
  }

  private static void say(Connection connection, Answer answer) throws IOException {
    connection.send(Wire.encode(answer));
  }
}

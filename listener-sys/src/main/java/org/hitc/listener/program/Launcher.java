package org.hitc.listener.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.Poller;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.Wire;

/**
 * Has programs started as other users, by the launcher. It gets the program's ends of the pipes; a
 * connection stays open as long as the program runs. Safe for threads.
 */
final class Launcher {
  private static final String SOCKET = "run.sock";

  /** The launcher checks, writes its log and starts. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Optional<Path> folder;
  private final Poller poller;
  private final String timeZone;

  /**
   * @param folder of the launcher's sockets; without it nothing is started
   */
  Launcher(Optional<Path> folder, Poller poller, String timeZone) {
    this.folder = folder;
    this.poller = poller;
    this.timeZone = timeZone;
  }

  /**
   * Starts it. The caller keeps and closes the three descriptors.
   *
   * @param account its name, or {@link Ask.Run#SIGNED_IN}
   * @throws SpawnException RUN_OFF: there is no launcher; RUN_DOWN: it does not answer; RUN_GRANT:
   *     the session has no grant; whatever else the launcher refuses
   */
  Child start(Job job, Step step, String account, int stdin, int stdout, int stderr)
      throws SpawnException {
    Path socket =
        folder
            .map(f -> f.resolve(SOCKET))
            .orElseThrow(() -> new SpawnException(Refusal.RUN_OFF, "there is no launcher"));
    byte[] question = question(job, step, account);
    try {
      return start(Connection.connect(socket), question, stdin, stdout, stderr);
    } catch (IOException e) {
      throw down(String.valueOf(e.getMessage()));
    }
  }

  private Child start(Connection connection, byte[] question, int... pipes)
      throws SpawnException, IOException {
    boolean runs = false;
    try {
      connection.send(question, pipes);
      Answers answers = new Answers(connection, poller);
      Child child = new LaunchedChild(connection, answers, started(answers));
      runs = true;
      return child;
    } finally {
      if (!runs) {
        connection.close();
      }
    }
  }

  private byte[] question(Job job, Step step, String account) throws SpawnException {
    String grant =
        job.grant()
            .orElseThrow(() -> new SpawnException(Refusal.RUN_GRANT, "the session has no grant"));
    List<String> args = step.args();
    try {
      return Wire.encode(
          new Ask.Run(
              grant,
              account,
              step.program().name(),
              args,
              job.reference(),
              job.language(),
              timeZone));
    } catch (IllegalArgumentException e) {
      throw new SpawnException(Refusal.ARG_LEN, String.valueOf(e.getMessage()));
    }
  }

  /** Its process id, as the launcher sees it. */
  private static int started(Answers answers) throws SpawnException, IOException {
    return switch (answers.await(PATIENCE).orElseThrow(() -> down("no answer in time"))) {
      case Answer.Started(int pid) -> pid;
      case Answer.Refused refused ->
          throw new SpawnException(
              Refusal.ofCode(refused.why().code()).orElse(Refusal.INTERNAL), refused.detail());
      case Answer.Granted _, Answer.Done _, Answer.Exited _, Answer.Signalled _ ->
          throw down("an answer to another question");
    };
  }

  private static SpawnException down(String detail) {
    return new SpawnException(Refusal.RUN_DOWN, "the launcher: " + detail);
  }
}

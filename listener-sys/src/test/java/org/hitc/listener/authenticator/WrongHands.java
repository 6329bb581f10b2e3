package org.hitc.listener.authenticator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hitc.listener.authenticator.protocol.Question;
import org.hitc.listener.authenticator.protocol.Verdict;
import org.hitc.listener.grant.Grants;
import org.hitc.listener.socket.Messages;

/** What whoever has the listener can do, as its user, with all it knows. */
final class WrongHands {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private WrongHands() {}

  /** Prints what came of one try: {@code read FILE}, {@code forge}, {@code guess N} and so on. */
  public static void main(String[] arguments) throws Exception {
    List<String> all = List.of(arguments);
    Path sockets = Path.of(all.get(0));
    Path launcher = Path.of(all.get(1));
    System.out.println(
        switch (all.get(2)) {
          case "read" -> read(Path.of(all.get(3)));
          case "sign-in" -> ask(sockets, new Question.SignIn(all.get(3), all.get(4), true));
          case "forge" -> forge(sockets, all.get(3));
          case "guess" -> guess(sockets, Integer.parseInt(all.get(3)));
          case "take" -> take(launcher, all.get(3));
          default -> throw new IOException("no such try");
        });
  }

  private static String read(Path file) {
    try {
      return "read " + Files.readAllBytes(file).length;
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    }
  }

  /** The stamp is no secret, so the state of a sign-in whose password was right can be written. */
  private static String forge(Path sockets, String user) throws IOException {
    Verdict.Found found = (Verdict.Found) ask(sockets, new Question.Find(user));
    String stamp = found.user().orElseThrow().stamp();
    Map<String, String> answers =
        Map.of("new", "another long password", "again", "another long password", "code", "123456");
    return ask(sockets, new Question.Answer(user, "NEW_PASSWORD 0 " + stamp, answers))
        + " "
        + ask(sockets, new Question.Answer(user, "CODE 0 " + stamp, answers))
        + " "
        + found;
  }

  /** Half of them familiar, many at once; what was looked at. */
  private static String guess(Path sockets, int times) throws Exception {
    List<Callable<Verdict>> tries = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Question guess = new Question.SignIn("emil", "guess " + i, i % 2 == 0);
      tries.add(() -> ask(sockets, guess));
    }
    int lookedAt = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Verdict> verdict : threads.invokeAll(tries)) {
        lookedAt += verdict.get() instanceof Verdict.Denied ? 1 : 0;
      }
    }
    return "looked at " + lookedAt;
  }

  private static String take(Path launcher, String user) {
    try {
      return Grants.forAuthSide(launcher).give(user);
    } catch (IOException e) {
      return "no grant";
    }
  }

  private static Verdict ask(Path sockets, Question question) throws IOException {
    try (Messages authenticator = Messages.connect(sockets.resolve(Question.SOCKET))) {
      authenticator.write(question.encode(), WITHIN);
      Optional<byte[]> answer = authenticator.read(WITHIN);
      return Verdict.decode(answer.orElseThrow(() -> new IOException("hung up")));
    }
  }
}

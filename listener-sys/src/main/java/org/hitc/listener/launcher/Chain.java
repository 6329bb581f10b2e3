package org.hitc.listener.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.RunRefusal;

/**
 * The command line and the environment of a run. Each tool becomes the next: prlimit(1) sets
 * limits, setpriv(1) gives up everything, env(1) enters the folder, as the account, and the program
 * is last. They get numbers that were checked, never names.
 */
final class Chain {
  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Path ENV = Path.of("/usr/bin/env");
  private static final Pattern ZONE =
      Pattern.compile("[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,3}");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{1,35}");
  private static final Pattern JOB = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final int MAX_ZONE = 64;

  private Chain() {}

  /** What is wrong with the tools themselves. */
  static List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Path tool : List.of(PRLIMIT, SETPRIV, ENV)) {
      problems.addAll(SafePath.ownedByRoot().program(tool));
    }
    return problems;
  }

  /**
   * The command line, its first word the file to start.
   *
   * @param core see {@link Limits#core}
   * @throws RefusedException ARGS when an argument cannot be written in the entry's encoding
   */
  static List<byte[]> command(Entry entry, Account account, List<String> args, long core)
      throws RefusedException {
    List<byte[]> line = new ArrayList<>();
    prefix(entry, account, core).forEach(word -> line.add(word.getBytes(UTF_8)));
    line.add(entry.program().toString().getBytes(UTF_8));
    for (String arg : args) {
      line.add(bytes(arg, entry.encoding()));
    }
    return line;
  }

  private static List<String> prefix(Entry entry, Account account, long core) {
    List<String> words = new ArrayList<>(List.of(PRLIMIT.toString()));
    words.addAll(entry.limits().options(core));
    words.add("--");
    words.addAll(identity(account));
    folder(entry, account)
        .ifPresent(folder -> words.addAll(List.of(ENV.toString(), "-C", folder, "--")));
    return words;
  }

  /** Becomes the account for good, with nothing of root left. */
  private static List<String> identity(Account account) {
    return List.of(
        SETPRIV.toString(),
        "--no-new-privs",
        "--inh-caps=-all",
        "--ambient-caps=-all",
        "--bounding-set=-all",
        "--groups="
            + account.groups().stream()
                .sorted()
                .map(Integer::toUnsignedString)
                .collect(Collectors.joining(",")),
        "--regid=" + account.gid(),
        "--reuid=" + account.uid(),
        "--");
  }

  private static Optional<String> folder(Entry entry, Account account) {
    return switch (entry.folder()) {
      case Entry.Folder.Root _ -> Optional.empty();
      case Entry.Folder.Home _ -> Optional.of(account.home());
      case Entry.Folder.Fixed(Path path) -> Optional.of(path.toString());
    };
  }

  /**
   * The environment, from nothing.
   *
   * @param user who signed in
   * @param run the launcher's own number of it
   * @throws RefusedException SYNTAX when zone, language or job are none
   */
  static List<byte[]> environment(
      Entry entry, Account account, String user, Ask.Run ask, String run) throws RefusedException {
    if (!ZONE.matcher(ask.zone()).matches() || ask.zone().length() > MAX_ZONE) {
      throw new RefusedException(RunRefusal.SYNTAX, "no time zone");
    }
    if (!LANGUAGE.matcher(ask.language()).matches() || !JOB.matcher(ask.job()).matches()) {
      throw new RefusedException(RunRefusal.SYNTAX, "no language, or no job");
    }
    Map<String, String> variables = new TreeMap<>(entry.environment());
    variables.put("PATH", "/usr/bin:/bin");
    variables.put("LANG", "C.UTF-8");
    variables.put("TZ", ask.zone());
    variables.put("HOME", account.home());
    variables.put("USER", account.name());
    variables.put("LOGNAME", account.name());
    variables.put("HITC_USER", user);
    variables.put("HITC_LANGUAGE", ask.language());
    variables.put("HITC_JOB", ask.job());
    variables.put(RUN, run);
    return variables.entrySet().stream()
        .map(v -> (v.getKey() + "=" + v.getValue()).getBytes(UTF_8))
        .toList();
  }

  /** The variable by which what a run left behind is found. */
  static final String RUN = "HITC_RUN";

  private static byte[] bytes(String arg, Charset encoding) throws RefusedException {
    try {
      ByteBuffer encoded =
          encoding
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(arg));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      for (byte b : bytes) {
        if (b == 0) {
          throw new RefusedException(RunRefusal.ARGS, "an argument with a NUL byte");
        }
      }
      return bytes;
    } catch (CharacterCodingException _) {
      throw new RefusedException(
          RunRefusal.ARGS, "an argument is not to be written in " + encoding);
    }
  }
}

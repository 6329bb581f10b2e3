package org.hitc.redteam.runas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hitc.channel.os.PosixFiles;
import org.hitc.listener.launcher.os.Connection;
import org.hitc.listener.launcher.protocol.Answer;
import org.hitc.listener.launcher.protocol.Ask;
import org.hitc.listener.launcher.protocol.Wire;

/**
 * Whatever the listener's user can do, in wrong hands: a process of its own, which is told a line
 * with words between tabs, and says a line.
 */
public final class Accomplice {
  private static final Pattern GRANT =
      Pattern.compile("[a-z]+\\.\\d{9,12}\\.\\d{9,12}\\.\\d{1,15}\\.[\\w-]{43}");
  private static final long PATIENCE_NANOS = 15_000_000_000L;

  private Accomplice() {}

  /** Does what each line of its input says. */
  public static void main(String[] arguments) throws IOException {
    Path launcher = Path.of(arguments[0]);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      List<String> words = Arrays.asList(line.split("\t", -1));
      String said;
      try {
        said = obey(launcher, words);
      } catch (IOException | Wire.WireException e) {
        said = e.getClass().getSimpleName() + ": " + e.getMessage();
      }
      System.out.println(said.replace("\n", "\\n"));
    }
  }

  private static String obey(Path launcher, List<String> words)
      throws IOException, Wire.WireException {
    return switch (words.getFirst()) {
      case "run" -> run(launcher.resolve("run.sock"), words);
      case "tell" -> tell(launcher.resolve(words.get(1)), Wire.encode(ask(words.get(2), words)));
      case "raw" ->
          tell(launcher.resolve("run.sock"), words.get(1).getBytes(StandardCharsets.UTF_8));
      case "read" -> Files.readString(Path.of(words.get(1)), StandardCharsets.ISO_8859_1);
      case "grants" -> grants(Path.of(words.get(1)));
      default -> throw new IOException("what is " + words.getFirst());
    };
  }

  private static Ask ask(String what, List<String> words) {
    return switch (what) {
      case "grant" -> new Ask.Grant(words.get(3));
      case "revoke-user" -> new Ask.RevokeUser(words.get(3));
      default -> new Ask.RevokeAll();
    };
  }

  /** Everything that looks like a grant in the listener's own files. */
  private static String grants(Path state) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    try (var files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        GRANT
            .matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .results()
            .forEach(grant -> found.add(grant.group()));
      }
    }
    return String.join(" ", found);
  }

  private static String tell(Path socket, byte[] message) throws IOException, Wire.WireException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap(message));
      channel.shutdownOutput();
      return answer(channel).toString();
    }
  }

  private static Answer answer(SocketChannel channel) throws IOException, Wire.WireException {
    byte[] header = exactly(channel, Wire.HEADER);
    return Wire.answer(exactly(channel, Wire.length(header)));
  }

  private static byte[] exactly(SocketChannel channel, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("closed");
      }
    }
    return bytes.array();
  }

  /** Runs it with pipes as the listener would: what the launcher says, then what was printed. */
  private static String run(Path socket, List<String> words)
      throws IOException, Wire.WireException {
    Ask.Run ask =
        new Ask.Run(
            words.get(1),
            words.get(2),
            words.get(3),
            words.subList(4, words.size()),
            "ATTA-CK",
            "en",
            "UTC");
    PosixFiles.Pipe in = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    PosixFiles.Pipe out = PosixFiles.pipe(PosixFiles.O_CLOEXEC);
    PosixFiles.close(in.writeEnd());
    try (Connection connection = Connection.connect(socket)) {
      connection.send(Wire.encode(ask), in.readEnd(), out.writeEnd(), out.writeEnd());
      Answer first = next(connection);
      if (!(first instanceof Answer.Started)) {
        return first.toString();
      }
      Answer end = next(connection);
      byte[] printed = new byte[PosixFiles.MAX_TRANSFER];
      PosixFiles.close(out.writeEnd());
      int count = Math.max(0, PosixFiles.read(out.readEnd(), printed, 0, printed.length));
      return end + " " + new String(printed, 0, count, StandardCharsets.UTF_8);
    } finally {
      PosixFiles.close(in.readEnd());
      PosixFiles.close(out.readEnd());
    }
  }

  private static Answer next(Connection connection) throws IOException, Wire.WireException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    byte[] header =
        connection
            .receive(Wire.HEADER, 0, deadline)
            .orElseThrow(() -> new IOException("closed without an answer"));
    byte[] message =
        connection
            .receive(Wire.length(header), 0, deadline)
            .orElseThrow(() -> new IOException("half an answer"));
    return Wire.answer(message);
  }
}

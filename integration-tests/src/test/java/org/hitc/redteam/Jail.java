package org.hitc.redteam;

import static org.hitc.channel.os.PosixFiles.O_CREAT;
import static org.hitc.channel.os.PosixFiles.O_EXCL;
import static org.hitc.channel.os.PosixFiles.O_NONBLOCK;
import static org.hitc.channel.os.PosixFiles.O_RDONLY;
import static org.hitc.channel.os.PosixFiles.O_RDWR;
import static org.hitc.channel.os.PosixFiles.O_WRONLY;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.RequestId;
import org.hitc.channel.codec.Frame;
import org.hitc.channel.codec.FrameReader;
import org.hitc.channel.codec.Hint;
import org.hitc.channel.os.Errno;
import org.hitc.it.Product;

/** An {@link Attacker} inside the chroot of a running product, and words for what it does. */
public final class Jail implements AutoCloseable {
  static final String CTL = "/hole/ctl";
  static final String DAEMON = "/hole/ctl/daemon";
  static final String JOBS = "/hole/spool/jobs";
  static final int IN_MODE = 0640;

  private static final int OUT_MODE = 0620;
  private static final int CHUNK = 8192;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private Jail(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.US_ASCII);
    this.answers = process.inputReader(StandardCharsets.US_ASCII);
  }

  /** Breaks in: copies the attacker into the chroot and starts it there as web-side. */
  public static Jail breakInto(Product product) {
    try {
      Path folder = product.chroot().resolve("app/attack");
      Path target = folder.resolve(Attacker.class.getName().replace('.', '/') + ".class");
      Files.createDirectories(target.getParent());
      try (InputStream code = Attacker.class.getResourceAsStream("Attacker.class")) {
        Files.write(target, code.readAllBytes());
      }
      ProcessBuilder start =
          new ProcessBuilder(
                  "/usr/sbin/chroot",
                  "--userspec=" + product.webSide() + ":" + product.webSide(),
                  "--groups=" + product.group(),
                  product.chroot().toString(),
                  "/app/jre/bin/java",
                  "-Xmx16m",
                  "-Xshare:auto",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:-UsePerfData",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  "/app/attack",
                  Attacker.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      start.environment().clear();
      start
          .environment()
          .putAll(
              Map.of("LC_ALL", "C.UTF-8", "LD_LIBRARY_PATH", "/app/jre/lib:/app/jre/lib/server"));
      Jail jail = new Jail(folder, start.start());
      String first = jail.answers.readLine();
      if (!"ready".equals(first)) {
        throw new IllegalStateException("the attacker did not start: " + first);
      }
      return jail;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a call gave.
   *
   * @param number its result, or the negative error number
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Result(int number, byte[] bytes) {
    /** The name of the error, or {@code ok}. */
    String name() {
      return number < 0 ? Errno.name(-number) : "ok";
    }
  }

  /** One call of the C library; arguments are numbers, texts, bytes, and {@link Room}. */
  Result call(String function, Object... arguments) {
    List<String> words = new ArrayList<>(List.of(function));
    for (Object argument : arguments) {
      words.add(
          switch (argument) {
            case String text -> ":" + text;
            case byte[] bytes -> "=" + HexFormat.of().formatHex(bytes);
            case Room(int size) -> "?" + size;
            default -> argument.toString();
          });
    }
    try {
      orders.write(String.join(" ", words) + "\n");
      orders.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the attacker is gone at " + function);
      }
      int blank = (line + " ").indexOf(' ');
      return new Result(
          Integer.parseInt(line.substring(0, blank)),
          HexFormat.of().parseHex(line.substring(Math.min(line.length(), blank + 1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Room for so many bytes of a result. */
  record Room(int size) {}

  /** The same, which must succeed. */
  int must(String function, Object... arguments) {
    Result result = call(function, arguments);
    if (result.number() < 0) {
      throw new AssertionError(function + List.of(arguments) + ": " + result.name());
    }
    return result.number();
  }

  static RequestId anyId() {
    return RequestId.random(RANDOM);
  }

  static String in(RequestId id) {
    return JOBS + "/" + id + ".in";
  }

  static String out(RequestId id) {
    return JOBS + "/" + id + ".out";
  }

  /** Makes a results pipe as the gateway does, and opens it for reading. */
  int makeOut(RequestId id) {
    makeOutWithoutReader(id);
    return must("open", out(id), O_RDONLY | O_NONBLOCK);
  }

  void makeOutWithoutReader(RequestId id) {
    must("mkfifo", out(id), OUT_MODE);
    must("chmod", out(id), OUT_MODE);
  }

  /** Leaves a request as the gateway does, and keeps it open. */
  int leave(RequestId id, byte[] content, int mode) {
    return leaveAs(in(id), content, mode);
  }

  int leaveAs(String in, byte[] content, int mode) {
    String tmp = JOBS + "/" + anyId() + ".tmp";
    int fd = must("open", tmp, O_RDWR | O_CREAT | O_EXCL, 0600);
    write(fd, content);
    must("fchmod", fd, mode);
    must("rename", tmp, in);
    return fd;
  }

  void write(int fd, byte[] bytes) {
    for (int at = 0; at < bytes.length; ) {
      byte[] part = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CHUNK));
      at += must("write", fd, part, part.length);
    }
  }

  /** Writes to the daemon pipe whatever it is given. */
  void shout(byte[] bytes) {
    int fd = must("open", DAEMON, O_WRONLY | O_NONBLOCK);
    must("write", fd, bytes, bytes.length);
    must("close", fd);
  }

  void hint(RequestId id) {
    shout(Hint.encode(id));
  }

  /** An honest request from a dishonest side: the frames of the answer. */
  public Answer ask(byte[] request) {
    RequestId id = anyId();
    int out = makeOut(id);
    leave(id, request, IN_MODE);
    hint(id);
    return receive(out);
  }

  /**
   * An answer, up to its end.
   *
   * @param outcome of the end frame; nothing when the pipe ended before, or the patience
   * @param token to keep, if one came
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Answer(Optional<String> outcome, byte[] page, Optional<String> token) {}

  /** Reads a results pipe to its end, and closes it. */
  Answer receive(int out) {
    FrameReader frames = new FrameReader();
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    Optional<String> outcome = Optional.empty();
    Optional<String> token = Optional.empty();
    boolean heard = false;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (outcome.isEmpty() && System.nanoTime() < deadline) {
      Result read = call("read", out, new Room(CHUNK), CHUNK);
      if (read.number() == 0 && heard) {
        break;
      }
      if (read.number() <= 0) {
        pause();
        continue;
      }
      heard = true;
      frames.feed(read.bytes(), 0, read.bytes().length);
      for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
        switch (next.get()) {
          case Frame.PagePart(byte[] bytes) -> page.writeBytes(bytes);
          case Frame.Token fresh -> token = Optional.of(fresh.token());
          case Frame.Data _, Frame.Heartbeat _, Frame.End _ -> {}
        }
      }
      if (frames.state() instanceof FrameReader.Complete(Frame.End end)) {
        outcome = Optional.of(end.outcome());
      }
    }
    must("close", out);
    return new Answer(outcome, page.toByteArray(), token);
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends the attacker and removes what was brought in; what it made stays for the cleaner. */
  @Override
  public void close() {
    try {
      orders.close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the attacker does not end");
      }
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

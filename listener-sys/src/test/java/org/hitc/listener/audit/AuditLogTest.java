package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.hitc.listener.config.Users;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The audit log")
final class AuditLogTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T10:15:30.123456Z"));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("audit.log");
  }

  @Test
  @DisplayName("is readable by its owner only")
  void mode() throws IOException {
    write(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  @DisplayName("goes on where it ended")
  void goesOn() throws IOException {
    write(3);
    write(2);
    assertThat(AuditLog.verify(() -> OpenLog.ofFiles(List.of(file))))
        .isInstanceOfSatisfying(
            Verification.Intact.class, intact -> assertThat(intact.records()).isEqualTo(5));
  }

  @Test
  @DisplayName("is open once only")
  void once() throws IOException {
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      log.append(new AuditEvent.Stopped("one"));
      assertThatThrownBy(() -> AuditLog.open(file, CLOCK)).isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("197: keeps every event as one line of printable ASCII, whatever users type")
  void oneLine() throws IOException {
    String evil = "a\r\nb\u001b[2J\u2028\u202e\u0000\"\\\ud800é\u007f";
    List<AuditEvent> events =
        List.of(
            new AuditEvent.SignIn(evil, evil, false),
            new AuditEvent.Refused(Refusal.ARG_CHARSET, Optional.of(evil), evil),
            new AuditEvent.JobAccepted(
                "7K3P-2M", evil, "d", evil, evil, List.of(evil), List.of(), List.of(evil), true),
            new AuditEvent.ProgramEnded("7K3P-2M", evil, evil, 1),
            new AuditEvent.ConfigLoaded(evil, "00", true));
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      events.forEach(log::append);
    }
    byte[] bytes = Files.readAllBytes(file);
    for (byte b : bytes) {
      assertThat(b == '\n' || (b >= ' ' && b <= '~')).isTrue();
    }
    assertThat(new String(bytes, US_ASCII).lines()).hasSize(events.size());
    assertThat(new String(bytes, US_ASCII)).contains("a\\u000d\\u000ab\\u001b[2J\\u2028");
  }

  @Test
  @DisplayName("cuts a foreign text that is too long, and says so")
  void cut() throws IOException {
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      log.append(new AuditEvent.SignIn("x".repeat(1_000_000), "::1", false));
    }
    assertThat(Files.size(file)).isLessThan(2_000);
    assertThat(Files.readString(file)).contains("xxx...(1000000 characters)");
  }

  @Test
  @DisplayName("records ten refusals of a kind in a second and counts the others, but every job")
  void flood() throws IOException {
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      for (int i = 0; i < 1_000; i++) {
        log.append(new AuditEvent.Refused(Refusal.REQ_SYNTAX, Optional.empty(), "junk"));
      }
      log.append(new AuditEvent.Refused(Refusal.WF_ROLE, Optional.of("anna"), "budget_12"));
      log.append(accepted("7K3P-2M"));
    }
    List<String> lines = Files.readAllLines(file);
    long refused =
        lines.stream().filter(l -> l.contains("\"why\":\"E-REQ-SYNTAX\",\"detail")).count();
    long counted =
        lines.stream()
            .filter(l -> l.contains("refusals-counted"))
            .mapToLong(l -> Long.parseLong(l.replaceAll(".*\"count\":([0-9]+),.*", "$1")))
            .sum();
    assertThat(refused).isBetween(10L, 100L);
    assertThat(refused + counted).isEqualTo(1_000);
    assertThat(lines).anyMatch(l -> l.contains("E-WF-ROLE")).anyMatch(l -> l.contains("7K3P-2M"));
  }

  @Test
  @DisplayName(
      "200: records ten failed sign-ins in a second, counts the others, and each granted one")
  void floodOfSignIns() throws IOException {
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      for (int i = 0; i < 1_000; i++) {
        log.append(new AuditEvent.SignIn("guess" + i, "192.0.2.1", false));
      }
      for (int i = 0; i < 100; i++) {
        log.append(new AuditEvent.SignIn("anna", "192.0.2.1", true));
      }
    }
    List<String> lines = Files.readAllLines(file);
    long failed = lines.stream().filter(l -> l.contains("\"granted\":false")).count();
    long counted =
        lines.stream()
            .filter(l -> l.contains("sign-ins-counted"))
            .mapToLong(l -> Long.parseLong(l.replaceAll(".*\"count\":([0-9]+),.*", "$1")))
            .sum();
    assertThat(failed).isBetween(10L, 100L);
    assertThat(failed + counted).isEqualTo(1_000);
    assertThat(lines.stream().filter(l -> l.contains("\"granted\":true"))).hasSize(100);
  }

  @Test
  @DisplayName("200: records ten sign-ins a second that go on with a further screen")
  void floodOfScreens() throws IOException {
    long[] nanos = {0};
    try (AuditLog log = AuditLog.open(file, CLOCK, () -> nanos[0], 1 << 20)) {
      for (int i = 0; i < 1_000; i++) {
        log.append(new AuditEvent.SignInAsked("anna", "192.0.2.1", "CODE"));
      }
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.stream().filter(l -> l.contains("\"sign-in-asked\""))).hasSize(10);
    assertThat(lines.stream().filter(l -> l.contains("sign-ins-asked-counted")))
        .singleElement()
        .asString()
        .contains("\"count\":990,");
  }

  @Test
  @DisplayName("200: limits what all kinds of refusals take together")
  void floodOfAllKinds() throws IOException {
    long[] nanos = {0};
    try (AuditLog log = AuditLog.open(file, CLOCK, () -> nanos[0], 1 << 20)) {
      for (Refusal why : Refusal.values()) {
        for (int i = 0; i < 10; i++) {
          log.append(new AuditEvent.Refused(why, Optional.empty(), "junk"));
        }
      }
    }
    long refused =
        Files.readAllLines(file).stream().filter(l -> l.contains("\"event\":\"refused\"")).count();
    assertThat(refused).isEqualTo(RateLimit.TOGETHER_PER_SECOND);
  }

  @Nested
  @DisplayName("in parts")
  final class InParts {
    @Test
    @DisplayName("has one chain through them, and each is named by its last record")
    void chain() throws IOException {
      for (int start = 0; start < 3; start++) {
        try (AuditLog log = AuditLog.open(file, CLOCK, System::nanoTime, 2_000)) {
          for (int i = 0; i < 20; i++) {
            log.append(accepted(start + "-" + i));
          }
        }
      }
      List<Path> parts = Parts.of(file);
      assertThat(parts).hasSizeGreaterThan(5);
      for (Path part : parts.subList(0, parts.size() - 1)) {
        long last = Tail.of(part).number();
        assertThat(part.getFileName()).hasToString("audit.log.%012d".formatted(last));
        assertThat(Files.size(part)).isLessThan(3_000);
      }
      assertThat(AuditLog.verify(() -> OpenLog.ofFiles(parts)))
          .isInstanceOfSatisfying(
              Verification.Intact.class,
              whole -> assertThat(whole.records()).isEqualTo(60 + parts.size() - 1));
      List<Path> without = new ArrayList<>(parts);
      without.remove(2);
      assertThat(AuditLog.verify(() -> OpenLog.ofFiles(without)))
          .isInstanceOfSatisfying(
              Verification.Broken.class,
              broken -> {
                assertThat(broken.file()).isEqualTo(parts.get(3).toString());
                assertThat(broken.line()).isEqualTo(1);
              });
      assertThat(AuditLog.verify(() -> OpenLog.ofFiles(parts.subList(1, parts.size()))))
          .isInstanceOfSatisfying(
              Verification.Broken.class,
              broken -> assertThat(broken.reason()).contains("are not here"));
    }

    @Test
    @DisplayName("goes on when it was killed between the names of two parts")
    void killed() throws IOException {
      write(3);
      Files.move(file, Parts.ending(file, 3));
      Files.writeString(Parts.fresh(file), "left over");
      write(2);
      assertThat(AuditLog.verify(() -> OpenLog.of(file)))
          .isInstanceOfSatisfying(
              Verification.Intact.class, whole -> assertThat(whole.records()).isEqualTo(5));
    }
  }

  @Nested
  @DisplayName("that goes on in a new file while it is opened")
  final class Renamed {
    @Test
    @DisplayName("is opened whole, and no record twice")
    void whole() throws IOException {
      write(3);
      int[] listed = {0};
      OpenLog.Names names =
          log -> {
            List<Path> found = Parts.of(log);
            // Behind the first time that it was listed, before it is opened.
            if (listed[0]++ == 0) {
              Files.move(log, Parts.ending(log, 3));
              write(2);
            }
            return found;
          };
      assertThat(AuditLog.verify(() -> OpenLog.of(file, names)))
          .isInstanceOfSatisfying(
              Verification.Intact.class, whole -> assertThat(whole.records()).isEqualTo(5));
    }

    @Test
    @DisplayName("is opened by its earlier parts when it has no new file yet")
    void between() throws IOException {
      write(3);
      int[] listed = {0};
      OpenLog.Names names =
          log -> {
            List<Path> found = Parts.of(log);
            if (listed[0]++ == 0) {
              Files.move(log, Parts.ending(log, 3));
            }
            return found;
          };
      assertThat(AuditLog.verify(() -> OpenLog.of(file, names)))
          .isInstanceOfSatisfying(
              Verification.Intact.class, whole -> assertThat(whole.records()).isEqualTo(3));
    }
  }

  @Nested
  @DisplayName("when it cannot be written")
  final class Unwritable {
    @Test
    @DisplayName("168: refuses what is to be recorded first, and says so")
    void full() throws IOException {
      try (AuditLog log = AuditLog.open(Path.of("/dev/full"), CLOCK)) {
        for (AuditEvent event : List.of(accepted("a"), new AuditEvent.SignIn("a", "b", true))) {
          assertThatThrownBy(() -> log.append(event))
              .isInstanceOf(AuditException.class)
              .rootCause()
              .hasMessageContaining("No space left");
        }
        log.record(new AuditEvent.JobEnded("a", "exit 0"));
      }
    }

    @Test
    @DisplayName("169: accepts nothing more once the disk did not confirm a record")
    void unconfirmed() throws IOException {
      // What is written there is taken, and cannot be confirmed.
      try (AuditLog log = AuditLog.open(Path.of("/dev/null"), CLOCK)) {
        assertThatThrownBy(() -> log.append(accepted("a"))).isInstanceOf(AuditException.class);
        AuditEvent reading = new AuditEvent.JobContinued("a", List.of("b"), List.of("d"), false);
        assertThatThrownBy(() -> log.append(reading)).isInstanceOf(AuditException.class);
      } catch (AuditException e) {
        assertThat(e).hasMessageContaining("may have lost records");
      }
    }
  }

  @Nested
  @DisplayName("shows")
  final class Shows {
    @Test
    @DisplayName("195: any flipped bit in any kind of record, and in which line")
    void everyBit() throws IOException {
      try (AuditLog log = AuditLog.open(file, CLOCK)) {
        Events.ONE_OF_EACH.forEach(log::append);
      }
      byte[] good = Files.readAllBytes(file);
      for (int bit = 0; bit < good.length * 8; bit++) {
        byte[] bad = good.clone();
        bad[bit / 8] ^= (byte) (1 << (bit % 8));
        int at = bit / 8;
        long line = 1 + new String(good, 0, at, US_ASCII).chars().filter(c -> c == '\n').count();
        assertThat(follow(bad))
            .as("bit %d", bit)
            .isInstanceOfSatisfying(
                Verification.Broken.class, broken -> assertThat(broken.line()).isEqualTo(line));
      }
    }

    @Test
    @DisplayName("195: a record removed, doubled, or moved")
    void order() throws IOException {
      write(4);
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < 3; i++) {
        List<String> removed = new ArrayList<>(lines);
        removed.remove(i);
        assertBroken(removed, i + 1);
        List<String> doubled = new ArrayList<>(lines);
        doubled.add(i, lines.get(i));
        assertBroken(doubled, i + 2);
        List<String> moved = new ArrayList<>(lines);
        moved.add(i, moved.remove(i + 1));
        assertBroken(moved, i + 1);
      }
    }

    @Test
    @DisplayName("a cut inside a record, at every byte")
    void cuts() throws IOException {
      write(2);
      byte[] good = Files.readAllBytes(file);
      int first = new String(good, US_ASCII).indexOf('\n') + 1;
      for (int length = first + 1; length < good.length; length++) {
        assertThat(follow(Arrays.copyOf(good, length))).isInstanceOf(Verification.Broken.class);
      }
    }

    private void assertBroken(List<String> lines, long line) throws IOException {
      byte[] bytes = (String.join("\n", lines) + "\n").getBytes(US_ASCII);
      assertThat(follow(bytes))
          .isInstanceOfSatisfying(
              Verification.Broken.class, broken -> assertThat(broken.line()).isEqualTo(line));
    }
  }

  @Nested
  @DisplayName("after a crash")
  final class AfterACrash {
    @Test
    @DisplayName("171: marks what stands behind the last whole record, cut anywhere, and goes on")
    void torn() throws IOException {
      write(2);
      byte[] good = Files.readAllBytes(file);
      int first = new String(good, US_ASCII).indexOf('\n') + 1;
      for (int length = 1; length < good.length; length += 7) {
        Files.write(file, Arrays.copyOf(good, length));
        write(1);
        long whole = length >= first ? 1 : 0;
        boolean fragment = length != first;
        assertThat(AuditLog.verify(() -> OpenLog.ofFiles(List.of(file))))
            .as("cut at %d", length)
            .isInstanceOfSatisfying(
                Verification.Intact.class,
                intact -> {
                  assertThat(intact.torn()).isEqualTo(fragment ? 1 : 0);
                  assertThat(intact.records()).isEqualTo(whole + intact.torn() + 1);
                });
      }
    }

    @Test
    @DisplayName("marks zeros and garbage of several lines, and shows a later change of them")
    void garbage() throws IOException {
      write(2);
      Files.write(file, new byte[5_000], StandardOpenOption.APPEND);
      Files.writeString(file, "\nx\n\ny", StandardOpenOption.APPEND);
      write(1);
      assertThat(AuditLog.verify(() -> OpenLog.ofFiles(List.of(file))))
          .isInstanceOf(Verification.Intact.class);
      byte[] bytes = Files.readAllBytes(file);
      bytes[new String(bytes, US_ASCII).indexOf("\nx\n") + 1] = 'z';
      assertThat(follow(bytes)).isInstanceOf(Verification.Broken.class);
    }
  }

  @Test
  @DisplayName(
      "168: accepts nothing when the disk is full, keeps what ended, and is whole with room again")
  void diskFull() throws Exception {
    assumeTrue(new Users().self() == 0, "needs root to mount a small file system");
    Path small = Files.createDirectory(folder.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "hitc-test", small.toString());
    try {
      Path log = small.resolve("audit.log");
      Path filler = small.resolve("filler");
      int recorded = 0;
      try (AuditLog audit = AuditLog.open(log, CLOCK)) {
        audit.append(accepted("before"));
        recorded++;
        fill(filler);
        boolean full = false;
        // What is left of the last page of the file still takes some records.
        for (int i = 0; i < 100 && !full; i++) {
          try {
            audit.append(accepted("full-" + i));
            recorded++;
          } catch (AuditException _) {
            full = true;
          }
        }
        assertThat(full).isTrue();
        assertThatThrownBy(() -> audit.append(accepted("still full")))
            .isInstanceOf(AuditException.class);
        audit.record(new AuditEvent.JobEnded("before", "exit 0"));
        Files.delete(filler);
        audit.append(accepted("after"));
        recorded += 2;
      }
      // The fragment that the full disk left is bound in by a record of its own.
      int expected = recorded + 1;
      assertThat(AuditLog.verify(() -> OpenLog.ofFiles(List.of(log))))
          .isInstanceOfSatisfying(
              Verification.Intact.class,
              intact -> assertThat(intact.records()).isEqualTo(expected));
      List<String> lines = Files.readAllLines(log);
      assertThat(lines.get(lines.size() - 2)).contains("job-ended", "before");
      assertThat(lines.getLast()).contains("job-accepted", "after");
    } finally {
      run("umount", small.toString());
    }
  }

  @Test
  @DisplayName("170: does not begin on a file system that is read-only")
  void readOnly() throws Exception {
    assumeTrue(new Users().self() == 0, "needs root to mount a small file system");
    Path small = Files.createDirectory(folder.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "hitc-test", small.toString());
    try {
      Path log = small.resolve("audit.log");
      try (AuditLog audit = AuditLog.open(log, CLOCK)) {
        audit.append(accepted("before"));
      }
      run("mount", "-o", "remount,ro", small.toString());
      assertThatThrownBy(() -> AuditLog.open(log, CLOCK))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Read-only");
    } finally {
      run("umount", small.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] page = new byte[4096];
      for (int i = 0; i < 1000; i++) {
        out.write(page);
      }
      throw new IllegalStateException("the small file system does not get full");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  @DisplayName("has one chain, whoever appends at the same time")
  void threads() throws Exception {
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      List<Thread> threads =
          Stream.iterate(0, i -> i + 1)
              .limit(20)
              .map(i ->
                  Thread.ofVirtual()
                      .start(() -> {
                        for (int k = 0; k < 25; k++) {
                          log.append(accepted(i + "-" + k));
                        }
                      }))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(AuditLog.verify(() -> OpenLog.ofFiles(List.of(file))))
        .isInstanceOfSatisfying(
            Verification.Intact.class, intact -> assertThat(intact.records()).isEqualTo(500));
  }

  private static AuditEvent accepted(String job) {
    return new AuditEvent.JobAccepted(
        job, "anna", "s", "budget_12", "budget", List.of("b"), List.of("d"), List.of(), true);
  }

  private static Verification follow(byte[] bytes) throws IOException {
    return Chain.follow(new ByteArrayInputStream(bytes));
  }

  private void write(int count) throws IOException {
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      for (int i = 0; i < count; i++) {
        log.append(new AuditEvent.SignIn("user" + i, "192.0.2.1", true));
      }
    }
  }
}

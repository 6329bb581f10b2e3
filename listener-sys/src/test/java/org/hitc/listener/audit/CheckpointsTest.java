package org.hitc.listener.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hitc.session.sign.SigningKey;
import org.hitc.session.token.PublicKeyFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Exported checkpoints")
final class CheckpointsTest {
  private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir private Path folder;
  private Path log;
  private Path exported;
  private final ByteArrayOutputStream journal = new ByteArrayOutputStream();
  private final SigningKey first = SigningKey.create(new SecureRandom());
  private final SigningKey second = SigningKey.create(new SecureRandom());
  private SigningKey key = first;
  private Instant now = BEGIN;
  private long nanos;

  @BeforeEach
  void name() {
    log = folder.resolve("audit.log");
    exported = folder.resolve("elsewhere");
  }

  @Test
  @DisplayName("come every 1,000 records and at the end, in the file and in the journal")
  void thousand() throws IOException {
    write(2_500);
    assertThat(Files.readAllLines(exported))
        .hasSize(3)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("{\"checkpoint\":1000,\"instance\":\"fis\",\"node\":\"main\","),
            line -> assertThat(line).startsWith("{\"checkpoint\":2000,"),
            line -> assertThat(line).startsWith("{\"checkpoint\":2500,"));
    assertThat(journal.toString(US_ASCII)).isEqualTo(Files.readString(exported));
    assertThat(verify()).isEqualTo(intact(1, 2_500, 3, 2_500));
  }

  @Test
  @DisplayName("come within a minute of a record, and not when there is none")
  void minute() throws Exception {
    try (AuditLog audit = open(1 << 20)) {
      audit.append(event(1));
      pass(Duration.ofSeconds(59));
      assertThat(exported).doesNotExist();
      pass(Duration.ofSeconds(2));
      await(() -> Files.exists(exported) && Files.readAllLines(exported).size() == 1);
      pass(Duration.ofMinutes(2));
      assertThat(Files.readAllLines(exported)).hasSize(1);
    }
    assertThat(Files.readAllLines(exported)).as("nothing new at the end").hasSize(1);
  }

  @Test
  @DisplayName("195: show any flipped bit in themselves, and in which line")
  void everyBit() throws IOException {
    write(3);
    write(2);
    byte[] good = Files.readAllBytes(exported);
    int lineEnd = new String(good, US_ASCII).indexOf('\n');
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(exported, bad);
      long line = bit / 8 <= lineEnd ? 1 : 2;
      assertThat(verify())
          .as("bit %d", bit)
          .isInstanceOfSatisfying(
              Verification.Broken.class,
              broken -> {
                assertThat(broken.file()).isEqualTo(exported.toString());
                assertThat(broken.line()).isEqualTo(line);
              });
    }
  }

  @Test
  @DisplayName("196: show a tail that was cut, up to the last of them")
  void cutTail() throws IOException {
    write(10);
    List<String> lines = Files.readAllLines(log);
    for (int kept = 1; kept < 10; kept++) {
      Files.write(log, lines.subList(0, kept));
      assertThat(verify())
          .isInstanceOfSatisfying(
              Verification.Broken.class,
              broken -> assertThat(broken.reason()).contains("ends before record 10", "cut"));
    }
    Files.delete(log);
    Files.createFile(log);
    assertThat(verify()).isInstanceOf(Verification.Broken.class);
  }

  @Test
  @DisplayName("195: show a chain that was written anew from any record on, with right hashes")
  void rewritten() throws IOException {
    write(10);
    byte[] seals = Files.readAllBytes(exported);
    List<String> lines = Files.readAllLines(log);
    for (int from = 1; from <= 10; from++) {
      Files.write(log, lines.subList(0, from - 1));
      try (AuditLog forger = AuditLog.open(log, this::time)) {
        for (int i = from; i <= 10; i++) {
          forger.append(event(1_000 + i));
        }
      }
      Files.write(exported, seals);
      assertThat(AuditLog.verify(() -> OpenLog.of(log))).isInstanceOf(Verification.Intact.class);
      assertThat(verify())
          .isInstanceOfSatisfying(
              Verification.Broken.class,
              broken -> {
                assertThat(broken.line()).isEqualTo(10);
                assertThat(broken.reason()).contains("is not the record that was sealed");
              });
    }
  }

  @Test
  @DisplayName("vouch for parts that are archived elsewhere, and for no other beginning")
  void archived() throws IOException {
    try (AuditLog audit = open(2_000)) {
      for (int i = 0; i < 30; i++) {
        audit.append(event(i));
      }
    }
    List<Path> parts = Parts.of(log);
    assertThat(parts).hasSizeGreaterThan(3);
    assertThat(verify()).isInstanceOf(Verification.Intact.class);
    Files.delete(parts.getFirst());
    Files.delete(parts.get(1));
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verification.Intact.class, whole -> assertThat(whole.first()).isGreaterThan(10));
    List<String> lines = Files.readAllLines(parts.get(2));
    Files.write(parts.get(2), lines.subList(1, lines.size()));
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verification.Broken.class,
            broken -> assertThat(broken.reason()).contains("no checkpoint vouches"));
  }

  @Test
  @DisplayName("go on whole behind what a full disk left of a line, and when the file was moved")
  void mended() throws IOException {
    write(3);
    Files.writeString(exported, "{\"checkpoint\":4,\"inst", StandardOpenOption.APPEND);
    write(3);
    assertThat(verify()).isEqualTo(intact(1, 6, 2, 6));
    Path moved = Files.move(exported, folder.resolve("moved"));
    write(1);
    assertThat(
            AuditLog.verify(
                () -> OpenLog.of(log), List.of(moved, exported), keys(), Whose.anybody()))
        .isEqualTo(intact(1, 7, 3, 7));
  }

  @Test
  @DisplayName("that cannot be exported stop nothing, and come later")
  void unwritable() throws Exception {
    Files.createDirectory(exported);
    try (AuditLog audit = open(1 << 20)) {
      for (int i = 0; i < 1_500; i++) {
        audit.append(event(i));
      }
      await(() -> journal.toString(US_ASCII).contains("\"checkpoint\":1000"));
      Files.delete(exported);
      await(() -> Files.exists(exported) && Files.readString(exported).contains(":1000,"));
    }
    assertThat(verify()).isEqualTo(intact(1, 1_500, 2, 1_500));
    assertThat(journal.toString(US_ASCII).lines()).as("each once").hasSize(2);
    Files.writeString(exported, journal.toString(US_ASCII));
    assertThat(verify()).isEqualTo(intact(1, 1_500, 2, 1_500));
  }

  @Test
  @DisplayName("count when a journal has them twice, and not when it says two things of a record")
  void doubled() throws IOException {
    write(3);
    write(3);
    List<String> lines = Files.readAllLines(exported);
    Files.write(exported, List.of(lines.get(0), lines.get(0), lines.get(1), lines.get(0)));
    assertThat(verify()).isEqualTo(intact(1, 6, 2, 6));
    String other = Checkpoint.seal(3, "fis", "main", "0".repeat(64), BEGIN, first).line();
    Files.write(exported, List.of(lines.get(0), other, lines.get(1)));
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verification.Broken.class,
            broken -> {
              assertThat(broken.line()).isEqualTo(2);
              assertThat(broken.reason()).contains("contradicts");
            });
  }

  @Test
  @DisplayName("of two nodes in one journal are told apart")
  void nodes() throws IOException {
    write(3);
    String before = Checkpoint.seal(2, "fis", "b", "0".repeat(64), BEGIN, second).line();
    String behind = Checkpoint.seal(9, "fis", "b", "0".repeat(64), BEGIN, second).line();
    String own = Files.readAllLines(exported).getFirst();
    Files.write(exported, List.of(before, own, behind));
    Whose ours = new Whose(Optional.of("fis"), Optional.of("main"));
    for (List<PublicKeyFile> known : List.of(keys(), List.of(since(first, 0)))) {
      assertThat(AuditLog.verify(() -> OpenLog.of(log), List.of(exported), known, ours))
          .isEqualTo(intact(1, 3, 1, 3));
    }
    Files.write(exported, List.of(before, own.replace("\"main\"", "\"mine\""), behind));
    assertThat(AuditLog.verify(() -> OpenLog.of(log), List.of(exported), keys(), ours))
        .as("a name cannot be changed to have it left out")
        .isInstanceOfSatisfying(
            Verification.Broken.class, broken -> assertThat(broken.line()).isEqualTo(2));
    Files.write(exported, List.of(own, behind));
    assertThat(verify())
        .isInstanceOfSatisfying(
            Verification.Broken.class,
            broken -> assertThat(broken.reason()).contains("node main of fis", "node b of fis"));
  }

  @Test
  @DisplayName("that come while a log is verified speak of records that come as well")
  void meanwhile() throws IOException {
    write(3);
    AuditLog.Source goesOn =
        () -> {
          OpenLog opened = OpenLog.of(log);
          Files.move(log, Parts.ending(log, 3));
          write(2);
          return opened;
        };
    assertThat(AuditLog.verify(goesOn, List.of(exported), keys(), Whose.anybody()))
        .isInstanceOfSatisfying(
            Verification.Intact.class,
            whole -> {
              assertThat(whole.records()).isEqualTo(3);
              assertThat(whole.lastSealed()).isEqualTo(3);
            });
    assertThat(verify()).isEqualTo(intact(1, 5, 2, 5));
  }

  @Test
  @DisplayName("come for a seam that a crash kept from being sealed, and for no other")
  void seamAfterCrash() throws IOException {
    write(3);
    try (AuditLog killed = AuditLog.open(log, this::time)) {
      killed.append(event(4));
      killed.append(event(5));
    }
    // As a listener leaves it that is killed right behind the change of files.
    Path part = Files.move(log, Parts.ending(log, 5));
    write(2);
    assertThat(Files.readAllLines(exported))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"checkpoint\":3,"),
            line -> assertThat(line).startsWith("{\"checkpoint\":5,"),
            line -> assertThat(line).startsWith("{\"checkpoint\":7,"));
    Files.delete(part);
    assertThat(verify()).isEqualTo(intact(6, 2, 1, 7));
    write(1);
    assertThat(Files.readAllLines(exported)).hasSize(4);
  }

  @Test
  @DisplayName("do not seal a seam with a key that came after it")
  void seamAndNewKey() throws IOException {
    write(3);
    try (AuditLog killed = AuditLog.open(log, this::time)) {
      killed.append(event(4));
    }
    Files.move(log, Parts.ending(log, 4));
    now = BEGIN.plusSeconds(3_600);
    key = second;
    write(2);
    assertThat(verifyWith(until(first, 3_600), since(second, 3_600))).isEqualTo(intact(1, 6, 2, 6));
  }

  @Nested
  @DisplayName("when the clock was wrong")
  final class Clock {
    @Test
    @DisplayName("are sealed at the time of the record when it was put back meanwhile")
    void putBack() throws Exception {
      try (AuditLog audit = open(1 << 24)) {
        audit.append(event(1));
        now = BEGIN.minusSeconds(120);
      }
      assertThat(Files.readString(exported)).contains("\"at\":\"" + BEGIN + "\"");
      assertThat(verify()).isEqualTo(intact(1, 1, 1, 1));
    }

    @Test
    @DisplayName("of the first key count before its time, with a doubt")
    void fastAtTheFirstKey() throws IOException {
      write(3);
      assertThat(verifyWith(since(first, 7_200)))
          .isInstanceOfSatisfying(
              Verification.Intact.class,
              whole ->
                  assertThat(whole.doubts())
                      .singleElement()
                      .asString()
                      .contains("record 3", "not in force then", "no key was before it"));
    }

    @Test
    @DisplayName("of a later key count when a record before them has its time, with a doubt")
    void fastAtALaterKey() throws IOException {
      write(3);
      now = BEGIN.plusSeconds(3_600);
      key = second;
      write(1);
      now = BEGIN.plusSeconds(60);
      write(1);
      assertThat(verifyWith(until(first, 3_600), since(second, 3_600)))
          .isInstanceOfSatisfying(
              Verification.Intact.class,
              whole -> {
                assertThat(whole.checkpoints()).isEqualTo(3);
                assertThat(whole.doubts()).singleElement().asString().contains("record 5");
              });
    }

    @Test
    @DisplayName("of a key that has ended count when a record behind them is of before its end")
    void fastBeforeTheEndOfAKey() throws IOException {
      now = BEGIN.plusSeconds(7_200);
      write(3);
      PublicKeyFile[] known = {until(first, 3_600), since(second, 3_600)};
      assertThat(verifyWith(known)).isInstanceOf(Verification.Broken.class);
      now = BEGIN.plusSeconds(3_600);
      key = second;
      write(1);
      assertThat(verifyWith(known))
          .isInstanceOfSatisfying(
              Verification.Intact.class,
              whole -> assertThat(whole.doubts()).singleElement().asString().contains("record 3"));
    }

    @Test
    @DisplayName("that wait for a full disk are sealed with the key of their time")
    void waiting() throws Exception {
      Files.createDirectory(exported);
      try (AuditLog audit = open(1 << 24)) {
        for (int i = 0; i < 1_000; i++) {
          audit.append(event(i));
        }
        await(() -> journal.toString(US_ASCII).contains("\"checkpoint\":1000"));
        now = BEGIN.plusSeconds(3_600);
        key = second;
        audit.append(event(1_001));
        Files.delete(exported);
      }
      assertThat(verifyWith(until(first, 3_600), since(second, 3_600)))
          .isEqualTo(intact(1, 1_001, 2, 1_001));
    }
  }

  @Nested
  @DisplayName("198: of a key")
  final class Keys {
    @Test
    @DisplayName("count from its first time to its last")
    void inForce() throws IOException {
      write(3);
      now = BEGIN.plusSeconds(3_600);
      key = second;
      write(3);
      assertThat(verifyWith(until(first, 3_600), since(second, 3_600)))
          .isEqualTo(intact(1, 6, 2, 6));
    }

    @Test
    @DisplayName("that came later do not seal an earlier record anew")
    void sealedAnew() throws IOException {
      write(3);
      // The forger has the key of today, and seals what was yesterday, as of today.
      Files.delete(exported);
      now = BEGIN.plusSeconds(86_400);
      Line last = last();
      Checkpoints forged =
          new Checkpoints(exported, "fis", "main", () -> second, () -> now, journal());
      forged.export(forged.seal(last.number(), last.hash(), last.at()));
      assertThat(verifyWith(until(first, 3_600), since(second, 3_600)))
          .isInstanceOfSatisfying(
              Verification.Broken.class,
              broken -> {
                assertThat(broken.line()).isEqualTo(3);
                assertThat(broken.reason()).contains("not in force then");
              });
    }

    @Test
    @DisplayName("that came later do not seal as of earlier")
    void datedBack() throws IOException {
      write(3);
      Files.delete(exported);
      Line last = last();
      Checkpoints forged =
          new Checkpoints(exported, "fis", "main", () -> second, () -> now, journal());
      forged.export(forged.seal(last.number(), last.hash(), last.at()));
      assertThat(verifyWith(until(first, 3_600), since(second, 3_600)))
          .isInstanceOfSatisfying(
              Verification.Broken.class,
              broken -> {
                assertThat(broken.file()).isEqualTo(log.toString());
                assertThat(broken.reason()).contains("was not in force");
              });
    }

    @Test
    @DisplayName("that was retired seal nothing later")
    void retired() throws IOException {
      now = BEGIN.plusSeconds(7_200);
      write(3);
      assertThat(verifyWith(until(first, 3_600), since(second, 3_600)))
          .isInstanceOf(Verification.Broken.class);
    }

    @Test
    @DisplayName("of nobody count nothing")
    void unknown() throws IOException {
      write(3);
      assertThat(verifyWith(since(second, 0)))
          .isInstanceOfSatisfying(
              Verification.Broken.class,
              broken -> assertThat(broken.reason()).contains("not among the keys"));
    }

    private Line last() throws IOException {
      return Line.read(Files.readAllLines(log).getLast().getBytes(US_ASCII)).orElseThrow();
    }
  }

  private Verification verify() throws IOException {
    return AuditLog.verify(() -> OpenLog.of(log), List.of(exported), keys(), Whose.anybody());
  }

  private Verification verifyWith(PublicKeyFile... keys) throws IOException {
    return AuditLog.verify(
        () -> OpenLog.of(log), List.of(exported), List.of(keys), Whose.anybody());
  }

  private Verification.Intact intact(long from, long records, long seals, long lastSealed)
      throws IOException {
    return new Verification.Intact(
        from, records, 0, Tail.of(log).hash(), seals, lastSealed, List.of());
  }

  private List<PublicKeyFile> keys() {
    return List.of(since(first, 0), since(second, 0));
  }

  private static PublicKeyFile since(SigningKey key, long seconds) {
    return PublicKeyFile.of(key.publicKey())
        .withUse(PublicKeyFile.Use.AUDIT)
        .withSince(BEGIN.plusSeconds(seconds));
  }

  private static PublicKeyFile until(SigningKey key, long seconds) {
    return since(key, 0).withUntil(BEGIN.plusSeconds(seconds));
  }

  private void write(int count) throws IOException {
    try (AuditLog audit = open(1 << 24)) {
      for (int i = 0; i < count; i++) {
        audit.append(event(i));
      }
    }
  }

  private AuditLog open(long partBytes) throws IOException {
    AuditLog audit = AuditLog.open(log, this::time, this::nanos, partBytes);
    audit.seal(new Checkpoints(exported, "fis", "main", () -> key, this::time, journal()));
    return audit;
  }

  private synchronized Instant time() {
    return now;
  }

  private synchronized long nanos() {
    return nanos;
  }

  private void pass(Duration time) throws InterruptedException {
    synchronized (this) {
      nanos += time.toNanos();
    }
    // Longer than the log's own tick.
    Thread.sleep(1_200);
  }

  private PrintStream journal() {
    return new PrintStream(journal, true, US_ASCII);
  }

  private interface Condition {
    boolean isMet() throws IOException;
  }

  private static void await(Condition condition) throws Exception {
    for (int i = 0; i < 200 && !condition.isMet(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.isMet()).isTrue();
  }

  private static AuditEvent event(int i) {
    return new AuditEvent.JobEnded("7K3P-" + i, "exit 0");
  }
}

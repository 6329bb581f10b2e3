package org.hitc.listener.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hitc.channel.Refusal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A log that is told to people")
final class StoryTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T10:15:30.5Z"));

  @TempDir private Path folder;
  private final Story story = new Story(ZoneOffset.UTC);

  @Test
  @DisplayName("has words for every kind of event")
  void everyKind() throws IOException {
    Set<Class<?>> kinds =
        Events.ONE_OF_EACH.stream().map(AuditEvent::getClass).collect(Collectors.toSet());
    kinds.add(AuditEvent.TornRecord.class);
    assertThat(kinds).containsExactlyInAnyOrder(AuditEvent.class.getPermittedSubclasses());
    List<String> lines = told(Events.ONE_OF_EACH, new Selection(none(), none(), none(), none()));
    assertThat(lines)
        .hasSize(Events.ONE_OF_EACH.size())
        .allSatisfy(line -> assertThat(line).startsWith("2026-11-23 10:15:30.500  "))
        .noneMatch(line -> line.contains("Text[") || line.contains("{"));
    assertThat(lines)
        .contains(
            "2026-11-23 10:15:30.500  job 7K3P-2M: anna (session 5e55) asked for step budget of"
                + " budget_12, which may change something, chosen: 2026-06; to run: check_open"
                + " (arguments d1), budget12 (arguments d2)",
            "2026-11-23 10:15:30.500  job 7K3P-2M: check_open ended: exit 0, 12 bytes printed");
  }

  @Test
  @DisplayName("of one job, one session, one user, or from a time on")
  void selected() throws IOException {
    assertThat(told(new Selection(Optional.of("7K3P-2M"), none(), none(), none())))
        .hasSize(8)
        .allMatch(line -> line.contains("7K3P-2M"));
    assertThat(told(new Selection(none(), Optional.of("5e55"), none(), none())))
        .as("the session's end and what its jobs did")
        .hasSize(8)
        .anyMatch(line -> line.contains("check_open started"))
        .anyMatch(line -> line.contains("signed out"));
    assertThat(told(new Selection(none(), none(), Optional.of("bert"), none())))
        .hasSize(2)
        .allMatch(line -> line.contains("bert"));
    Instant at = CLOCK.instant();
    assertThat(told(new Selection(none(), none(), none(), Optional.of(at))))
        .hasSize(Events.ONE_OF_EACH.size());
    assertThat(told(new Selection(none(), none(), none(), Optional.of(at.plusMillis(1)))))
        .isEmpty();
  }

  @Test
  @DisplayName("197: steers no terminal, whatever users typed")
  void harmless() throws IOException {
    String evil = "a\r\nb\u001b[2J\u009b1m\u2028\u202e\u2066\u0000\"\\\ud800\ue000é\u007f\u00a0中";
    List<String> lines =
        told(
            List.of(
                new AuditEvent.SignIn(evil, evil, false),
                new AuditEvent.Refused(Refusal.ARG_CHARSET, Optional.of(evil), evil)),
            new Selection(none(), none(), none(), none()));
    assertThat(lines)
        .hasSize(2)
        .allSatisfy(line -> {
          assertThat(line)
              .contains("a\\u{d}\\u{a}b\\u{1b}[2J\\u{9b}1m\\u{2028}\\u{202e}", "é", "中");
          assertThat(line.codePoints()).noneMatch(c -> Character.getType(c) == Character.CONTROL);
          assertThat(line.codePoints()).noneMatch(c -> Character.getType(c) == Character.FORMAT);
        });
  }

  @Test
  @DisplayName("is followed from part to part")
  void followed() throws IOException {
    Path file = folder.resolve("audit.log");
    List<Long> seen = new ArrayList<>();
    try (AuditLog log = AuditLog.open(file, CLOCK, System::nanoTime, 1_500)) {
      for (int i = 0; i < 3; i++) {
        log.append(new AuditEvent.JobEnded("7K3P-" + i, "exit 0"));
      }
      try (Follower follower = Follower.open(file)) {
        follower.last(2, record -> seen.add(record.number()));
        assertThat(seen).containsExactly(2L, 3L);
        for (int i = 0; i < 40; i++) {
          log.append(new AuditEvent.JobEnded("7K3P-" + i, "exit 0"));
          follower.more(record -> seen.add(record.number()));
        }
      }
    }
    assertThat(Parts.of(file)).hasSizeGreaterThan(3);
    assertThat(seen)
        .containsExactlyElementsOf(Stream.iterate(2L, n -> n + 1).limit(seen.size()).toList());
    assertThat(seen).hasSizeGreaterThan(40);
  }

  @Test
  @DisplayName("is followed on when it has no file for a moment, and not when it has none for good")
  void between() throws IOException {
    Path file = folder.resolve("audit.log");
    List<Long> seen = new ArrayList<>();
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      log.append(new AuditEvent.JobEnded("7K3P-1", "exit 0"));
      try (Follower follower = Follower.open(file)) {
        Path part = Files.move(file, folder.resolve("audit.log.000000000001"));
        follower.more(record -> seen.add(record.number()));
        Files.move(part, file);
        log.append(new AuditEvent.JobEnded("7K3P-2", "exit 0"));
        follower.more(record -> seen.add(record.number()));
        assertThat(seen).containsExactly(1L, 2L);
        Files.delete(file);
        follower.more(record -> seen.add(record.number()));
        assertThatThrownBy(() -> follower.more(record -> seen.add(record.number())))
            .isInstanceOf(NoSuchFileException.class);
      }
    }
  }

  private List<String> told(Selection selection) throws IOException {
    return told(Events.ONE_OF_EACH, selection);
  }

  private List<String> told(List<AuditEvent> events, Selection selection) throws IOException {
    Path file = folder.resolve("told-" + System.nanoTime());
    try (AuditLog log = AuditLog.open(file, CLOCK)) {
      events.forEach(log::append);
    }
    List<String> lines = new ArrayList<>();
    try (OpenLog opened = OpenLog.of(file)) {
      AuditReader.read(
          opened,
          record -> {
            if (selection.test(record)) {
              lines.add(story.line(record));
            }
          });
    }
    return lines;
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}

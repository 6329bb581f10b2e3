package org.hitc.listener.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hitc.listener.launcher.protocol.Ask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The command line of a run")
final class ChainTest {

  @Test
  void is_limits_then_privileges_then_folder_then_program() throws Exception {
    assertThat(words(Chain.command(Some.entry(List.of()), Some.anna(), List.of("x"), 1)))
        .containsExactly(
            "/usr/bin/prlimit",
            "--core=1:1",
            "--cpu=60:61",
            "--as=536870912:536870912",
            "--nproc=64:64",
            "--nofile=256:256",
            "--fsize=67108864:67108864",
            "--",
            "/usr/bin/setpriv",
            "--no-new-privs",
            "--inh-caps=-all",
            "--ambient-caps=-all",
            "--bounding-set=-all",
            "--groups=4001",
            "--regid=4001",
            "--reuid=4001",
            "--",
            "/usr/bin/env",
            "-C",
            "/home/anna",
            "--",
            "/opt/hitc/budget",
            "x");
  }

  @Test
  @DisplayName("132: has an environment from nothing")
  void environment() throws Exception {
    assertThat(
            words(Chain.environment(Some.entry(List.of()), Some.anna(), "anna", ask("UTC"), "7")))
        .containsExactlyInAnyOrder(
            "PATH=/usr/bin:/bin",
            "LANG=C.UTF-8",
            "TZ=UTC",
            "HOME=/home/anna",
            "USER=anna",
            "LOGNAME=anna",
            "HITC_USER=anna",
            "HITC_LANGUAGE=de",
            "HITC_JOB=job-1",
            "HITC_RUN=7",
            "MAIL_DATA=/x");
  }

  @ParameterizedTest(name = "132: TZ={0}")
  @ValueSource(
      strings = {"", "/etc/passwd", ":/etc/passwd", "../x", "A/../B", "$(x)", "a b", "A//B"})
  void takes_no_file_for_a_time_zone(String zone) {
    assertThatThrownBy(
            () -> Chain.environment(Some.entry(List.of()), Some.anna(), "anna", ask(zone), "7"))
        .hasMessageContaining("E-REQ-SYNTAX");
  }

  @Test
  void writes_arguments_strictly_in_the_entry_s_encoding() {
    Entry utf8 = Some.entry(List.of());
    Entry latin =
        new Entry(
            utf8.name(),
            utf8.program(),
            utf8.sha256(),
            true,
            utf8.accounts(),
            utf8.users(),
            utf8.args(),
            ISO_8859_1,
            utf8.environment(),
            utf8.folder(),
            utf8.allow(),
            utf8.limits(),
            1);
    assertThatThrownBy(() -> Chain.command(latin, Some.anna(), List.of("€"), 1))
        .hasMessageContaining("E-RUN-ARGS");
    assertThatThrownBy(() -> Chain.command(utf8, Some.anna(), List.of("a\0b"), 1))
        .hasMessageContaining("E-RUN-ARGS");
  }

  private static Ask.Run ask(String zone) {
    return new Ask.Run("", "", "budget", List.of(), "job-1", "de", zone);
  }

  private static List<String> words(List<byte[]> words) {
    return words.stream().map(word -> new String(word, UTF_8)).toList();
  }
}

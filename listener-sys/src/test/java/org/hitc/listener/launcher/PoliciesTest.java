package org.hitc.listener.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hitc.channel.os.PosixFiles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A policy")
final class PoliciesTest {
  private static final String GOOD =
      """
      folder: /run/hitc/launcher
      sys_side: 3991
      auth_side: 3992
      web_side: 3993
      log: /var/log/hitc/launcher.log
      entries:
        budget:
          program: PROGRAM
          as: [user, clerk]
          users: { names: [anna] }
          args:
            - literal: "--set"
            - { text: 254, min: 1, of: "a-z" }
            - { number: 1-12 }
            - { choice: [a, b] }
          environment: { MAIL_DATA: /x }
          folder: home
          allow: [locked]
          limits: { time: 5s, memory: 64MiB, processes: 8 }
          concurrent: 2
      """;

  @TempDir private Path temp;
  private Path folder;
  private Path program;

  @BeforeEach
  void make() throws IOException {
    Assumptions.assumeTrue(PosixFiles.getuid() == 0, "only root's files are believed");
    folder = Files.createDirectory(temp.resolve("etc"));
    program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n");
    mode(program, "rwxr-xr-x");
  }

  @Test
  void is_read_whole() throws IOException {
    assertThat(problems(GOOD)).isEmpty();
  }

  @ParameterizedTest(name = "149: {0}")
  @ValueSource(
      strings = {
        "extra: 1\n",
        "log: /twice\n",
        "sys_side: root\n",
        "sys_side: 0\n",
        "sys_side: 3992\n",
        "sys_side: hitc-nobody-of-this-name\n",
        "folder: relative\n",
        "grants: 10\n",
        "grants: 0h\n",
        "uids: 0-100\n",
        "uids: 9-1\n",
        "gid_min: 0\n",
        "deny_groups: [hitc-no-such-group]\n",
        "  x: [\n",
        "? [a]\n: b\n",
        "grants: !!int 10\n",
        "grants: &a 10h\n"
      })
  void is_refused_with_a_wrong_line(String line) throws IOException {
    String key = line.substring(0, Math.max(0, line.indexOf(':')));
    String policy =
        line.startsWith("log")
            ? GOOD + line
            : GOOD.replaceFirst("(?m)^" + key + ": .*\n", "") + line;
    assertThat(problems(policy)).isNotEmpty();
  }

  @ParameterizedTest(name = "149: {0}")
  @ValueSource(
      strings = {
        "as: []",
        "as: [root0, '0']",
        "users: { all: yes }",
        "users: { all: true, names: [a] }",
        "users: {}",
        "args: [ { text: 5, number: 1-2 } ]",
        "args: [ { text: 5, of: 'z-a' } ]",
        "args: [ { text: 5, more: 1 } ]",
        "args: [ x ]",
        "encoding: klingon",
        "environment: { HITC_USER: root }",
        "environment: { LD_LIBRARY_PATH: /opt/app }",
        "environment: { GCONV_PATH: /opt/app }",
        "environment: { 'a b': x }",
        "folder: ../x",
        "allow: [all]",
        "limits: { memory: 1MiB }",
        "limits: { time: 0s }",
        "limits: { swap: 1MiB }",
        "concurrent: 0",
        "sha256: abc",
        "program: /usr/bin/no-such-program"
      })
  void is_refused_with_a_wrong_line_in_an_entry(String line) throws IOException {
    String key = line.substring(0, line.indexOf(':'));
    String policy =
        "entries:\n  e:\n    program: PROGRAM\n    as: [user]\n    users: { all: true }\n"
                .replaceFirst("(?m)^    " + key + ": .*\n", "")
            + "    "
            + line
            + "\n";
    assertThat(problems(GOOD.substring(0, GOOD.indexOf("entries:")) + policy)).isNotEmpty();
  }

  @Test
  @DisplayName("149: is refused when somebody else could have written it")
  void others() throws IOException {
    Path file = write(GOOD);
    mode(file, "rw-rw-r--");
    assertThat(Policies.read(file)).isInstanceOf(Policies.Result.Bad.class);
    mode(file, "rw-r--r--");
    assertThat(Policies.read(file)).isInstanceOf(Policies.Result.Good.class);
    Files.setAttribute(file, "unix:uid", 3991, LinkOption.NOFOLLOW_LINKS);
    assertThat(Policies.read(file)).isInstanceOf(Policies.Result.Bad.class);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(Policies.read(link)).isInstanceOf(Policies.Result.Bad.class);
  }

  @Test
  @DisplayName("129: is refused with a program that somebody else could have changed")
  void programs() throws IOException {
    mode(program, "rwxrwxr-x");
    assertThat(problems(GOOD)).anyMatch(p -> p.contains("writable"));
    mode(program, "rw-r--r--");
    assertThat(problems(GOOD)).anyMatch(p -> p.contains("not executable"));
    Files.setAttribute(program, "unix:mode", 04755);
    assertThat(problems(GOOD)).anyMatch(p -> p.contains("setuid"));
    mode(program, "rwxr-xr-x");
    mode(folder, "rwxrwxrwx");
    assertThat(problems(GOOD)).anyMatch(p -> p.contains("writable"));
  }

  private List<String> problems(String text) throws IOException {
    return switch (Policies.read(write(text))) {
      case Policies.Result.Good _ -> List.of();
      case Policies.Result.Bad(List<String> problems) -> problems;
    };
  }

  private Path write(String text) throws IOException {
    Path file = folder.resolve("launcher.yaml");
    Files.write(file, text.replace("PROGRAM", program.toString()).getBytes(UTF_8));
    mode(file, "rw-r--r--");
    return file;
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}

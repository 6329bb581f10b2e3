package org.hitc.listener.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hitc.listener.launcher.SafePath;
import org.hitc.workflow.model.RunAs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("programs.yaml")
final class ProgramsTest {
  private final int self = new Users().self();
  private final SafePath trust = SafePath.ownedByRootOr(self);

  @TempDir private Path temporary;
  private Path folder;
  private Path program;

  @BeforeEach
  void makeProgram() throws IOException {
    folder = Files.createDirectory(temporary.resolve("fis"));
    program = file("budget12", "#!/bin/sh\n", "rwxr-xr-x");
  }

  @Test
  @DisplayName("registers a program with its defaults")
  void defaults() throws Exception {
    Programs programs = load("programs:\n  budget12: { path: " + program + " }\n");
    assertThat(programs.find("budget12"))
        .contains(
            new Program(
                "budget12",
                program,
                Map.of(),
                StandardCharsets.UTF_8,
                Duration.ofMinutes(1),
                8,
                10L << 20,
                4_096,
                Optional.empty(),
                Set.of(0),
                Set.of(new RunAs.Service()),
                new Program.Breaker(5, Duration.ofSeconds(30))));
    assertThat(programs.find("other")).isEmpty();
  }

  @Test
  @DisplayName("maps every key, and never shows a secret")
  void full() throws Exception {
    Path secret = file("secret", "geheim\n", "rw-------");
    Programs programs =
        load(
            """
            programs:
              budget12:
                path: %s
                connect: DB01
                encoding: iso-8859-1
                timeout: 2m
                concurrent: 2
                max_output: 3MiB
                max_argument: 63
                cwd: %s
                success_exit: [1, 3]
                as: [service]
                break_after: 3
                pause: 1m
            connections:
              DB01: { env: { PGHOST: db01 }, secret_env: { PGPASSWORD: %s } }
            """
                .formatted(program, folder, secret));
    Program budget12 = programs.find("budget12").orElseThrow();
    assertThat(budget12)
        .isEqualTo(
            new Program(
                "budget12",
                program,
                Map.of("PGHOST", "db01", "PGPASSWORD", "geheim"),
                StandardCharsets.ISO_8859_1,
                Duration.ofMinutes(2),
                2,
                3L << 20,
                63,
                Optional.of(folder),
                Set.of(1, 3),
                Set.of(new RunAs.Service()),
                new Program.Breaker(3, Duration.ofMinutes(1))));
    assertThat(programs.toString()).doesNotContain("geheim");
  }

  @Test
  @DisplayName("says as whom a program may run: one, or several")
  void runAs() throws Exception {
    Programs programs =
        load(
            """
            programs:
              own: { path: %1$s, as: user }
              fixed: { path: %1$s, as: [payroll, service] }
            """
                .formatted(program));
    assertThat(programs.find("own").orElseThrow().runAs()).containsExactly(new RunAs.SignedIn());
    assertThat(programs.find("fixed").orElseThrow().runAs())
        .containsExactlyInAnyOrder(new RunAs.Account("payroll"), new RunAs.Service());
  }

  @Nested
  @DisplayName("is refused")
  final class IsRefused {
    @Test
    @DisplayName("for all its problems at once, each with file, line and column")
    void allAtOnce() {
      assertThatThrownBy(() ->
              load(
                  """
                  programs:
                    a: { path: bin/a }
                    b: { path: %s, colour: red }
                    c: { path: %s, timeout: soon }
                    d: { path: %s, connect: NONE }
                    e: { path: "%s; rm -rf /" }
                  """
                      .formatted(program, program, program, program)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("programs.yaml:2:")
          .hasMessageContaining("programs.yaml:3:")
          .hasMessageContaining("programs.yaml:4:")
          .hasMessageContaining("programs.yaml:5:")
          .hasMessageContaining("programs.yaml:6:");
    }

    @Test
    @DisplayName(
        "with nobody as whom it runs, or with variables that the launcher would not give it")
    void launched() {
      assertRefused("programs:\n  a: { path: %s, as: Root }\n".formatted(program), "AS_FORM");
      assertRefused("programs:\n  a: { path: %s, as: \"0\" }\n".formatted(program), "AS_FORM");
      assertRefused(
          "programs:\n  a: { path: %s, as: user, connect: DB }\nconnections:\n  DB: { env: { A: b } }\n"
              .formatted(program),
          "CONNECT_LAUNCHED");
    }

    @Test
    @DisplayName("with a doubled key")
    void doubled() {
      assertRefused(
          "programs:\n  a: { path: %1$s }\n  a: { path: %1$s }\n".formatted(program),
          "programs.yaml:3:");
    }

    @Test
    @DisplayName("with a program that others can write, that is setuid, or that cannot be executed")
    void modes() throws IOException {
      for (String mode : new String[] {"rwxrwxr-x", "rwxr-xrwx", "rw-r--r--"}) {
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(mode));
        assertRefused("programs:\n  a: { path: " + program + " }\n", program.toString());
      }
      Files.setAttribute(program, "unix:mode", 0104755);
      assertRefused("programs:\n  a: { path: " + program + " }\n", "setuid");
    }

    @Test
    @DisplayName("with a link, a folder, or nothing where the program should be")
    void kinds() throws IOException {
      Path link = Files.createSymbolicLink(folder.resolve("link"), program);
      assertRefused("programs:\n  a: { path: " + link + " }\n", "symbolic link");
      assertRefused("programs:\n  a: { path: " + folder + " }\n", "not a regular file");
      assertRefused("programs:\n  a: { path: " + folder + "/none }\n", "does not exist");
      assertRefused("programs:\n  a: { path: " + folder + "/x/../budget12 }\n", ". or ..");
      assertRefused("programs:\n  a: { path: /tmp/sh }\n", "/tmp is writable");
    }

    @Test
    @DisplayName("with a secret that others can read, without showing it")
    void secret() throws IOException {
      Path secret = file("secret", "geheim\n", "rw-r-----");
      assertThatThrownBy(() ->
              load("programs: {}\nconnections:\n  D: { secret_env: { P: " + secret + " } }\n"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("0600")
          .hasMessageNotContaining("geheim");
    }

    @Test
    @DisplayName("with a variable that belongs to the listener")
    void variable() {
      assertRefused("programs: {}\nconnections:\n  D: { env: { HITC_USER: root } }\n", "HITC_USER");
    }

    @Test
    @DisplayName("when others can write the file itself")
    void itself() throws IOException {
      Path file = file("programs.yaml", "programs: {}\n", "rw-rw-r--");
      assertThatThrownBy(() -> Programs.load(file, trust, self))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("writable by group or others");
    }
  }

  private void assertRefused(String yaml, String because) {
    assertThatThrownBy(() -> load(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(because);
  }

  private Programs load(String yaml) throws IOException, ConfigException {
    return Programs.load(file("programs.yaml", yaml, "rw-r--r--"), trust, self);
  }

  private Path file(String name, String content, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }
}

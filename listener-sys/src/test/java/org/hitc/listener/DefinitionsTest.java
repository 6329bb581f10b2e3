package org.hitc.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.hitc.channel.Refusal;
import org.hitc.channel.os.PosixFiles;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.listener.launcher.SafePath;
import org.hitc.workflow.yaml.KnownPrograms;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copybook is believed as the definition beside it is. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class DefinitionsTest {
  @TempDir private Path temporary;
  private Path folder = Path.of("/");
  private Path copybook = Path.of("/");

  @BeforeEach
  void a_definition_with_its_copybook() throws IOException {
    folder = Files.createDirectory(temporary.resolve("workflows"));
    copybook = folder.resolve("rec.cpy");
    write(copybook, "05 A PIC X.\n");
    write(
        folder.resolve("x.yaml"),
        """
        workflow: x
        title: X
        roles: [everyone]
        steps:
          - report: r
            title: R
            program: p
            columns: { copybook: rec.cpy }
        """);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    mode(file, "rw-r--r--");
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private Definitions load() throws IOException {
    mode(folder, "rwxr-xr-x");
    List<Layer> layers =
        List.of(new Layer.Product(Listener.class), new Layer.Product(Refusal.class));
    Loading product =
        Messages.load(
            Languages.of(List.of("en", "de")), Language.of("en"), ZoneId.of("UTC"), layers);
    return switch (product) {
      case Loading.Loaded(Messages messages) ->
          Definitions.load(
              folder,
              SafePath.ownedByRootOr(PosixFiles.geteuid()),
              KnownPrograms.named(Set.of("p")),
              messages);
      case Loading.Refused(var problems) -> throw new AssertionError(problems);
    };
  }

  private void assertRefused(String words) throws IOException {
    Definitions definitions = load();
    assertThat(definitions.byName()).isEmpty();
    assertThat(definitions.problems()).singleElement().asString().contains(words);
  }

  @Test
  void when_it_is_good_the_workflow_can_run() throws IOException {
    assertThat(load().problems()).isEmpty();
    assertThat(load().byName()).containsOnlyKeys("x");
  }

  @Test
  void when_others_can_write_it_the_workflow_cannot_run() throws IOException {
    mode(copybook, "rw-rw-r--");
    assertRefused("writable");
  }

  @Test
  void when_it_is_a_link_the_workflow_cannot_run() throws IOException {
    Files.move(copybook, temporary.resolve("elsewhere"));
    Files.createSymbolicLink(copybook, temporary.resolve("elsewhere"));
    assertRefused("rec.cpy");
  }

  @Test
  void when_it_is_a_folder_the_workflow_cannot_run() throws IOException {
    Files.delete(copybook);
    Files.createDirectory(copybook);
    assertRefused("not a regular file");
  }

  @Test
  void when_it_is_not_there_the_workflow_cannot_run() throws IOException {
    Files.delete(copybook);
    assertRefused("there is no file rec.cpy");
  }

  @Test
  void when_it_is_wrong_the_problem_names_its_file() throws IOException {
    write(copybook, "05 A PIC X COMP.\n");
    assertRefused(copybook + ":1:12: error: not supported: usage COMP");
  }
}

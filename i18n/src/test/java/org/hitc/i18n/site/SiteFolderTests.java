package org.hitc.i18n.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.hitc.i18n.Language;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The words of a site")
class SiteFolderTests {
  @TempDir Path folder;
  private SiteFolder site = of(Path.of("/nonexistent"));

  @BeforeEach
  void place() {
    site = of(folder);
  }

  private static SiteFolder of(Path folder) {
    return new SiteFolder(
        folder, List.of(Messages.class), key -> key.startsWith("messages."), ZoneOffset.UTC);
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Messages loaded() {
    return switch (site.load()) {
      case Loading.Loaded(Messages messages) -> messages;
      case Loading.Refused(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  private List<String> refused() {
    return switch (site.load()) {
      case Loading.Loaded _ -> throw new AssertionError("it was loaded");
      case Loading.Refused(List<Problem> problems) ->
          problems.stream().map(Problem::toString).toList();
    };
  }

  private static String greeting(Messages messages, String tag) {
    return messages.in(Language.of(tag)).text("greeting", Map.of("name", "Anna")).value();
  }

  private static List<String> tags(Messages messages) {
    return messages.languages().all().stream().map(Language::tag).toList();
  }

  @Test
  void need_not_be_there() {
    assertThat(tags(of(folder.resolve("none")).shipped())).isEqualTo(SiteFolder.SHIPPED);
    assertThat(tags(loaded())).isEqualTo(SiteFolder.SHIPPED);
  }

  @Test
  void go_before_the_products_and_add_a_language_by_one_file_and_one_line() throws IOException {
    file("languages", "sv, en # first is the default\n\n");
    file("messages_sv.properties", "greeting = Hej {name}\nof.another.process = Något {annat}\n");
    assertThat(tags(loaded())).containsExactly("sv", "en");
    assertThat(greeting(loaded(), "sv")).isEqualTo("Hej Anna");
    assertThat(loaded().languages().byDefault().ownName()).isEqualTo("Svenska");
  }

  @Test
  void may_be_looked_at_in_pseudo_locales() throws IOException {
    file("languages", "en de en-XA");
    assertThat(tags(loaded())).containsExactly("en", "de", "en-XA", "ar-XB", "en-XC", "en-XD");
    Language keys = loaded().languages().withTag("en-XD").orElseThrow();
    assertThat(loaded().in(keys).text("greeting", Map.of("name", "Anna")).value())
        .endsWith("Anna [greeting]");
    assertThat(loaded().in(keys).textOr("label", "A label", Language.of("en"), Map.of()).value())
        .isEqualTo("A label [label]");
  }

  @Test
  void are_refused_as_a_whole_with_what_is_wrong() throws IOException {
    file("languages", "en tlh-XX de-de");
    assertThat(refused()).singleElement().asString().startsWith(folder + "/languages: ");
    file("languages", "");
    assertThat(refused()).containsExactly(folder + "/languages: no language is offered");
    Files.write(folder.resolve("languages"), "dé".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refused()).containsExactly(folder + "/languages: is not UTF-8");
    file("languages", "en de");
    file("messages_de.properties", "greeting = Hallo {nobody}\n");
    assertThat(refused()).singleElement().asString().contains("messages_de.properties:1: greeting");
  }

  /** The loader alone would take these. */
  @Test
  void go_through_all_rules() throws IOException {
    file("messages_de.properties", "greeting = Hallo {name}, siehe https://evil.example\n");
    assertThat(refused()).singleElement().asString().contains("is an address");
    file("messages_de.properties", "greeting = Hallo <b>{name}</b>\n");
    assertThat(refused()).singleElement().asString().contains(":1: greeting");
  }

  @Test
  void say_nothing_but_what_the_product_and_programs_say() throws IOException {
    file(
        "messages_de.properties",
        "title = Titel aller Abl\u00e4ufe\nmessages.fis.closed = Geschlossen\n");
    assertThat(loaded().in(Language.of("de")).text("title").value()).isEqualTo("[title]");
    assertThat(loaded().in(Language.of("de")).text("messages.fis.closed").value())
        .isEqualTo("Geschlossen");
  }

  @Test
  void are_read_from_files_of_the_folder_alone() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("words"), "greeting = Hallo {name}\n");
    Files.createSymbolicLink(folder.resolve("messages_de.properties"), elsewhere);
    assertThat(refused()).containsExactly(folder + "/messages_de.properties: is a link");
    Files.delete(elsewhere);
    assertThat(refused()).containsExactly(folder + "/messages_de.properties: is a link");
    Files.delete(folder.resolve("messages_de.properties"));
    Files.createDirectory(folder.resolve("messages_de.properties"));
    assertThat(refused()).singleElement().asString().contains("cannot be read");
    Files.delete(folder.resolve("messages_de.properties"));
    for (String name : List.of("messages_de_CH", "messages_xx", "messages", "messages_DE")) {
      file(name + ".properties", "greeting = Hallo {name}\n");
      assertThat(refused())
          .singleElement()
          .asString()
          .startsWith(folder + "/" + name + ".properties: has a wrong name");
      Files.delete(folder.resolve(name + ".properties"));
    }
    Files.write(folder.resolve("messages_sv.properties"), new byte[5 << 20]);
    assertThat(refused()).isNotEmpty();
  }

  @Test
  void have_another_fingerprint_when_a_file_changes() throws IOException {
    String none = site.fingerprint();
    file("messages_de.properties", "greeting = Hallo {name}\n");
    String one = site.fingerprint();
    assertThat(one).isNotEqualTo(none).isEqualTo(site.fingerprint());
    Files.setLastModifiedTime(
        folder.resolve("messages_de.properties"), FileTime.fromMillis(1_000_000));
    assertThat(site.fingerprint()).isNotEqualTo(one);
    assertThat(of(folder.resolve("none")).fingerprint()).contains("none");
  }
}

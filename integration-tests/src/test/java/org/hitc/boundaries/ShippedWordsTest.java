package org.hitc.boundaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Language;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.Finding;
import org.hitc.i18n.check.MessageFolder;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.check.Severity;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.it.Product;
import org.hitc.listener.FileCheck;
import org.hitc.listener.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ships: every message in every language, and nothing to say against any. */
class ShippedWordsTest {
  private static final List<Path> FOLDERS =
      Stream.of("channel/channel", "gateway-web/gateway", "listener-sys/listener")
          .map(module -> module.split("/"))
          .map(m ->
              Product.checkout()
                  .resolve(m[0] + "/src/main/resources/org/hitc/" + m[1] + "/messages"))
          .toList();

  static List<Path> folders() {
    return FOLDERS;
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(Product.checkout().resolve("workflows/examples"))) {
      return files
          .filter(f -> f.toString().endsWith(".yaml"))
          .filter(f -> !f.endsWith("programs.yaml") && !f.endsWith("launcher.yaml"))
          .sorted()
          .toList();
    }
  }

  private static void complete(BundleFile source, MessageFolder folder, Set<String> tags)
      throws IOException {
    List<BundleFile> translations = new ArrayList<>();
    for (String tag : tags) {
      BundleFile translation = folder.read(Language.of(tag));
      assertThat(translation.entries().stream().map(Entry::key))
          .as(translation.name())
          .containsAll(source.entries().stream().map(Entry::key).toList());
      translations.add(translation);
    }
    List<Finding> findings =
        BundleCheck.check(source, translations, Samples.NONE).stream()
            .filter(finding -> !finding.file().equals(source.name()))
            .filter(finding -> finding.severity() != Severity.ADVICE)
            .toList();
    assertThat(findings).isEmpty();
  }

  private static Set<String> translated() {
    Set<String> tags = new HashSet<>(SiteFolder.SHIPPED);
    tags.remove(SiteFolder.SOURCE.tag());
    return tags;
  }

  @ParameterizedTest
  @MethodSource("folders")
  void the_product_speaks_six_languages(Path folder) throws IOException {
    MessageFolder messages = new MessageFolder(folder);
    complete(messages.read(SiteFolder.SOURCE), messages, translated());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void so_do_the_samples(Path yaml) throws IOException {
    assertThat(
            FileCheck.of(List.of(yaml), Optional.of(yaml.resolveSibling("programs.yaml")))
                .findings())
        .isEmpty();
    Texts texts = Texts.ofDefinition(yaml).texts().orElseThrow();
    complete(texts.source(), texts.folder(), translated());
  }

  /** A site's file of words has the names of all modules. */
  @Test
  void no_two_messages_of_the_product_have_the_same_name() throws IOException {
    Set<String> all = new HashSet<>();
    for (Path folder : FOLDERS) {
      for (Entry entry : new MessageFolder(folder).read(SiteFolder.SOURCE).entries()) {
        assertThat(all.add(entry.key())).as(entry.key()).isTrue();
      }
    }
    assertThat(all).hasSizeGreaterThan(300);
  }
}

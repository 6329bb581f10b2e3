package org.hitc.listener;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.i18n.Language;
import org.hitc.i18n.check.BundleCheck;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.check.MessageFolder;
import org.hitc.i18n.check.Samples;
import org.hitc.i18n.site.SiteFolder;
import org.hitc.workflow.model.Workflow;
import org.hitc.workflow.yaml.Checked;
import org.hitc.workflow.yaml.KnownPrograms;
import org.hitc.workflow.yaml.WorkflowLoader;

/**
 * Words in the language they were written in, and the folder of their translations.
 *
 * @param source the English file of the folder, or the texts of a workflow
 */
public record Texts(BundleFile source, MessageFolder folder) {
  /**
   * What was found to translate.
   *
   * @param texts empty when the definition cannot be read
   * @param findings why not
   */
  public record Found(Optional<Texts> texts, List<Finding> findings) {
    public Found {
      findings = List.copyOf(findings);
    }
  }

  /** Whether a folder has its own source. */
  public static boolean isFolder(Path folder) {
    return Files.exists(new MessageFolder(folder).file(SiteFolder.SOURCE));
  }

  /** A folder whose source is {@code messages_en.properties}. */
  public static Texts ofFolder(Path folder) throws IOException {
    MessageFolder messages = new MessageFolder(folder);
    return new Texts(messages.read(SiteFolder.SOURCE), messages);
  }

  /** The texts of a definition, whatever its programs are. */
  public static Found ofDefinition(Path file) throws IOException {
    List<Finding> findings = new ArrayList<>();
    Optional<Checked> checked =
        Definitions.check(
            file,
            new WorkflowLoader(KnownPrograms.unknown()),
            FileCheck.companions(file),
            findings);
    return new Found(
        checked.flatMap(c -> c.workflow().map(workflow -> of(file, workflow, c.lines()))),
        findings.stream().filter(Finding::isError).toList());
  }

  /**
   * The texts of a workflow; its translations are in {@code NAME/messages}.
   *
   * @param file the definition
   * @param lines of the texts in it, by their keys
   */
  static Texts of(Path file, Workflow workflow, Map<String, Integer> lines) {
    return new Texts(
        WorkflowSource.of(file.toString(), SiteFolder.SOURCE, workflow, lines),
        new MessageFolder(file.resolveSibling(workflow.name()).resolve("messages")));
  }

  /** The languages of the translations; a workflow can have words in its own language, too. */
  public List<Language> languages() throws IOException {
    return folder.languages().stream()
        .filter(language -> !folder.file(language).toString().equals(source.name()))
        .toList();
  }

  /** The translations, one after the other. */
  List<BundleFile> translations() throws IOException {
    List<BundleFile> translations = new ArrayList<>();
    for (Language language : languages()) {
      translations.add(folder.read(language));
    }
    return translations;
  }

  /** All that breaks a rule, file by file. */
  public List<org.hitc.i18n.check.Finding> check() throws IOException {
    return check(translations());
  }

  /** The same, of translations that have been read. */
  List<org.hitc.i18n.check.Finding> check(List<BundleFile> translations) throws IOException {
    List<org.hitc.i18n.check.Finding> findings = new ArrayList<>(folder.misnamed());
    findings.addAll(BundleCheck.check(source, translations, Samples.NONE));
    return findings;
  }
}

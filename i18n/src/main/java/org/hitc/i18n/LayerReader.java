package org.hitc.i18n;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the files of one layer and checks each against the source messages it translates. */
final class LayerReader {
  private static final String PREFIX = "messages_";
  private static final String SUFFIX = ".properties";

  private final Set<String> tags;
  private final String source;
  private final List<Problem> problems;

  /**
   * A reader of files.
   *
   * @param tags which files are read
   * @param source tag of the product's source language
   * @param problems takes what is wrong with them
   */
  LayerReader(Set<String> tags, String source, List<Problem> problems) {
    this.tags = new TreeSet<>(tags);
    this.source = source;
    this.problems = problems;
  }

  /** A layer's bundles by tag. */
  record Bundles(Layer layer, Map<String, Bundle> byTag) {
    Bundles {
      byTag = Map.copyOf(byTag);
    }

    Optional<Message> message(String tag, String key) {
      return Optional.ofNullable(byTag.get(tag)).map(b -> b.messages().get(key));
    }
  }

  /** One file of a layer. */
  private interface File {
    /** Its bytes, or nothing if there is no such file. */
    Optional<InputStream> open();
  }

  /** Reads a layer; what others have read and checked is taken as it is. */
  Bundles read(Layer layer) {
    return switch (layer) {
      case Layer.Product product -> product(product);
      case Layer.Workflow workflow -> new Bundles(workflow, wanted(workflow.byTag()));
      case Layer.Site site -> new Bundles(site, wanted(site.byTag()));
    };
  }

  private Bundles product(Layer.Product product) {
    Map<String, Bundle> byTag = new HashMap<>();
    String folder = product.anchor().getPackageName().replace('.', '/') + "/messages/";
    file(folder, source, resource(product, source)).ifPresent(f -> byTag.put(source, f.bundle()));
    if (!byTag.containsKey(source)) {
      problems.add(new Problem(folder + name(source), 0, Rule.L01, "", "is missing"));
    }
    Bundles itself = new Bundles(product, byTag);
    for (String tag : tags) {
      if (!tag.equals(source)) {
        file(folder, tag, resource(product, tag))
            .ifPresent(f -> {
              checkTranslated(f, itself);
              byTag.put(tag, f.bundle());
            });
      }
    }
    return new Bundles(product, byTag);
  }

  private Map<String, Bundle> wanted(Map<String, Bundle> byTag) {
    Map<String, Bundle> wanted = new HashMap<>(byTag);
    wanted.keySet().retainAll(tags);
    return wanted;
  }

  private static File resource(Layer.Product product, String tag) {
    return () -> Optional.ofNullable(product.anchor().getResourceAsStream("messages/" + name(tag)));
  }

  private static String name(String tag) {
    return PREFIX + tag + SUFFIX;
  }

  /** A file that was read. */
  private record Read(String name, List<Entry> entries, Bundle bundle) {}

  private Optional<Read> file(String folder, String tag, File file) {
    String name = folder + name(tag);
    try {
      Optional<InputStream> stream = file.open();
      if (stream.isEmpty()) {
        return Optional.empty();
      }
      try (InputStream bytes = stream.get()) {
        List<Entry> entries =
            MessageFile.read(name, bytes.readNBytes(Limits.FILE_BYTES + 1), problems);
        return Optional.of(new Read(name, entries, Bundle.parse(name, entries, problems)));
      }
    } catch (IOException e) {
      problems.add(new Problem(name, 0, Rule.L01, "", "cannot be read: " + e.getMessage()));
      return Optional.empty();
    }
  }

  /** A translation has a source message, uses what this is given, and as what it is. */
  private void checkTranslated(Read file, Bundles itself) {
    for (Entry entry : file.entries()) {
      Optional<Message> original = itself.message(source, entry.key());
      Message message = file.bundle().messages().get(entry.key());
      List<Bundle.Misuse> wrong = new ArrayList<>();
      if (original.isPresent() && message != null) {
        wrong.addAll(Bundle.misuses(message.arguments(), original.get().arguments()));
      } else if (original.isEmpty()) {
        wrong.add(new Bundle.Misuse(Rule.L03, "is not in " + name(source)));
      }
      wrong.forEach(misuse -> problems.add(misuse.in(file.name(), entry)));
    }
  }
}

package org.hitc.boundaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.hitc.it.Product;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What root runs")
final class LauncherJarsTest {
  private static final Path FOLDER = Product.distribution().resolve("launcher");

  @Test
  void is_this_list_of_jars() throws IOException {
    assertThat(names(FOLDER.resolve("lib")).map(name -> name.replaceFirst("-[0-9.]+\\.jar$", "")))
        .containsExactlyInAnyOrder(
            "hitc-launcher.jar",
            "jnr-posix",
            "jnr-ffi",
            "jnr-constants",
            "jnr-a64asm",
            "jnr-x86asm",
            "jffi",
            "asm",
            "asm-analysis",
            "asm-commons",
            "asm-tree",
            "asm-util",
            "snakeyaml-engine");
  }

  @Test
  void and_one_native_library() throws IOException {
    assertThat(names(FOLDER.resolve("native"))).hasSize(1).allMatch(n -> n.startsWith("libjffi-"));
  }

  @Test
  void has_no_class_of_ours_but_the_launcher_s() throws IOException {
    try (JarFile jar = new JarFile(FOLDER.resolve("lib/hitc-launcher.jar").toFile())) {
      List<String> classes =
          jar.stream().map(Object::toString).filter(name -> name.endsWith(".class")).toList();
      assertThat(classes)
          .isNotEmpty()
          .allMatch(name -> name.startsWith("org/hitc/listener/launcher/"));
    }
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}

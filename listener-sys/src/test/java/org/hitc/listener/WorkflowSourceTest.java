package org.hitc.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hitc.i18n.Entry;
import org.hitc.i18n.Kind;
import org.hitc.i18n.Language;
import org.hitc.i18n.Message;
import org.hitc.i18n.Proof;
import org.hitc.workflow.model.Reference;
import org.hitc.workflow.model.Template;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The labels of a workflow as messages. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkflowSourceTest {
  private static final List<String> PIECES =
      List.of(
          "$account",
          "$row.object",
          "$before.mail",
          "'",
          "''",
          "{",
          "}",
          "{account}",
          "#",
          "|",
          "$$",
          "x",
          " ",
          "\\",
          "{0}",
          "é",
          "'{");

  @Test
  void say_what_their_templates_say_whatever_is_in_them() throws Exception {
    SplittableRandom random = new SplittableRandom(20261129);
    Proof english = Proof.in(Language.of("en"));
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(1, 8); n > 0; n--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      Template template;
      try {
        template = Template.parse(text.toString());
      } catch (Template.TemplateException _) {
        // $row.object and x make a longer name, which is one; a dollar alone is none.
        continue;
      }
      Map<String, Object> values = new HashMap<>();
      template.references().forEach(to -> values.put(to.argument(), "<" + to.name() + ">"));
      Proof.Shown shown = english.show(Message.parse(WorkflowSource.pattern(template)), values);
      assertThat(shown.words())
          .as(text.toString())
          .isEqualTo(template.render((Reference to) -> "<" + to.name() + ">"));
      assertThat(shown.unusable()).isEmpty();
    }
  }

  @Test
  void say_where_they_stand_and_what_comes_into_them() throws Exception {
    Texts texts =
        Texts.ofDefinition(Path.of("../workflows/examples/budget_12.yaml")).texts().orElseThrow();
    List<Entry> entries = texts.source().entries();

    Entry title = entry(entries, "transactions.title");
    assertThat(title.value()).isEqualTo("Transactions of object {rowObject}, account {account}");
    assertThat(title.metadata().arguments())
        .contains(Map.of("rowObject", Kind.TEXT, "account", Kind.TEXT));
    assertThat(title.metadata().screen()).contains("transactions");
    assertThat(title.metadata().description()).isEqualTo("Heading above a table");

    assertThat(entry(entries, "ask.account.hint").metadata().description())
        .isEqualTo("Hint below the field “Account”");
    assertThat(entry(entries, "title").metadata().screen()).contains("home page");
    assertThat(entries).allMatch(entry -> entry.line() > 1);
  }

  private static Entry entry(List<Entry> entries, String key) {
    return entries.stream().filter(e -> e.key().equals(key)).findFirst().orElseThrow();
  }
}

package org.hitc.boundaries;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/**
 * The module boundaries of {@code docs/ARCHITECTURE.md}: each rule is one sentence of that page.
 */
@AnalyzeClasses(packages = "org.hitc", importOptions = ImportOption.DoNotIncludeTests.class)
class BoundaryRulesTest {

  private static final String CHANNEL = "org.hitc.channel..";
  private static final String I18N = "org.hitc.i18n..";
  private static final String SESSION = "org.hitc.session..";
  private static final String WORKFLOW = "org.hitc.workflow..";
  private static final String LAUNCHER = "org.hitc.listener.launcher..";
  private static final String LISTENER = "org.hitc.listener..";
  private static final String GATEWAY = "org.hitc.gateway..";

  @ArchTest
  static final ArchRule channel_stands_on_the_jdk_alone =
      classes()
          .that()
          .resideInAPackage(CHANNEL)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(CHANNEL, "java..", "org.jspecify.annotations.."));

  @ArchTest
  static final ArchRule i18n_sees_none_of_ours =
      noClasses()
          .that()
          .resideInAPackage(I18N)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CHANNEL, SESSION, WORKFLOW, LISTENER, GATEWAY);

  @ArchTest
  static final ArchRule sessions_see_only_the_channel =
      noClasses()
          .that()
          .resideInAPackage(SESSION)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(I18N, WORKFLOW, LISTENER, GATEWAY);

  @ArchTest
  static final ArchRule workflows_see_only_value_types_of_the_channel =
      noClasses()
          .that()
          .resideInAPackage(WORKFLOW)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              I18N,
              SESSION,
              LISTENER,
              GATEWAY,
              "org.hitc.channel.os..",
              "org.hitc.channel.hole..",
              "org.hitc.channel.codec..");

  @ArchTest
  static final ArchRule the_gateway_sees_no_definitions_stores_or_private_keys =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY)
          .should()
          .dependOnClassesThat(
              are(resideInAnyPackage(WORKFLOW, LISTENER, SESSION))
                  .and(
                      com.tngtech.archunit.base.DescribedPredicate.not(
                          resideInAnyPackage("org.hitc.session.token.."))));

  @ArchTest
  static final ArchRule nobody_sees_the_gateway =
      noClasses()
          .that()
          .resideOutsideOfPackage(GATEWAY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(GATEWAY);

  @ArchTest
  static final ArchRule the_token_package_sees_no_other_part_of_session_store =
      noClasses()
          .that()
          .resideInAPackage("org.hitc.session.token..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.hitc.session",
              "org.hitc.session.sign..",
              "org.hitc.session.signin..",
              "org.hitc.session.store..");

  @ArchTest
  static final ArchRule the_engine_is_pure =
      noClasses()
          .that()
          .resideInAPackage("org.hitc.workflow.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.io\\.(File|RandomAccess).*")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule nothing_starts_a_process_through_the_jdk =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class)
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class, String[].class);

  @ArchTest
  static final ArchRule native_calls_stand_in_three_packages =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.hitc.channel.os..",
              "org.hitc.listener.program..",
              "org.hitc.listener.launcher..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.foreign.Linker");

  @ArchTest
  static final ArchRule only_i18n_knows_icu =
      noClasses()
          .that()
          .resideOutsideOfPackage(I18N)
          .and()
          .resideInAPackage("org.hitc..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.ibm.icu..");

  @ArchTest
  static final ArchRule only_the_gateway_knows_jetty_servlets_and_templates =
      noClasses()
          .that()
          .resideOutsideOfPackage(GATEWAY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.jetty..", "jakarta.servlet..", "gg.jte..");

  @ArchTest
  static final ArchRule only_the_loaders_know_yaml =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hitc.workflow.yaml..", LAUNCHER)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

  @ArchTest
  static final ArchRule the_launcher_stands_on_the_jdk_accounts_and_yaml_alone =
      classes()
          .that()
          .resideInAPackage(LAUNCHER)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  LAUNCHER,
                  "java..",
                  "javax.crypto..",
                  "jnr.posix..",
                  "org.snakeyaml.engine..",
                  "org.jspecify.annotations.."));

  @ArchTest
  static final ArchRule processes_are_started_in_two_packages =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hitc.listener.program..", LAUNCHER)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.hitc.listener.launcher.os.ProcessCalls");

  @ArchTest
  static final ArchRule only_the_store_knows_sql =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.hitc.session.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.sqlite..",
              "org.postgresql..",
              "com.zaxxer..",
              "org.flywaydb..");

  @ArchTest
  static final ArchRule only_a_migration_knows_the_tool_that_changes_tables =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.hitc.session.store.Migration")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.flywaydb..");

  @ArchTest
  static final ArchRule only_the_command_migrates =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.hitc.listener.command..", "org.hitc.session.store..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.hitc.session.store.Migration");

  @ArchTest
  static final ArchRule the_listener_parses_no_http_and_no_html =
      noClasses()
          .that()
          .resideInAPackage(LISTENER)
          .and()
          .resideOutsideOfPackage("org.hitc.listener.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes()
          .that()
          .resideInAPackage("org.hitc..")
          .and()
          .resideOutsideOfPackage("org.hitc.gateway.page.template..")
          .should(
              new ArchCondition<>("stand in a package marked @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getName() + " stands in an unmarked package"));
                }
              });

  @ArchTest
  static void all_six_modules_were_looked_at(
      com.tngtech.archunit.core.domain.JavaClasses imported) {
    Set<String> seen = new TreeSet<>();
    imported.forEach(
        type -> seen.add(type.getPackageName().replaceAll("^org\\.hitc\\.(\\w+).*", "$1")));
    assertThat(seen).contains("channel", "i18n", "session", "workflow", "listener", "gateway");
  }
}

package org.hitc.listener.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what a problem or a refusal means. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says what the [NAME] behind a problem, or the E-NAME of a refusal, means and what to do.",
      "Without a name: all of them, one line each. Capitals, _ and - do not matter."
    })
final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "such as NO_CONFIRM")
  private Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    Explanations all = Explanations.load();
    if (name.isEmpty()) {
      all.pages().forEach(page -> System.out.printf("%-20s %s%n", page.name(), page.meaning()));
      return 0;
    }
    Optional<Explanations.Page> page = all.find(name.get());
    if (page.isPresent()) {
      System.out.print(page.get().print());
      return 0;
    }
    System.err.println(
        "hitc: there is no '"
            + name.get()
            + "'; "
            + all.nearest(name.get())
                .map(near -> "did you mean " + near + "?")
                .orElse("hitc explain lists all names"));
    return 1;
  }
}

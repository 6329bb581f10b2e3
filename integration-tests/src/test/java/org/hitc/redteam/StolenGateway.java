package org.hitc.redteam;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hitc.channel.Page;
import org.hitc.channel.PageAddress;
import org.hitc.channel.Refusal;
import org.hitc.channel.Reply;
import org.hitc.channel.Request;
import org.hitc.channel.codec.RecordCodec;
import org.hitc.channel.codec.RequestCodec;

/** The gateway in wrong hands, with a session that is right: whatever the protocol can say. */
public final class StolenGateway {
  private static final int TRIES = 100;

  private final Jail jail;
  private final String token;

  /**
   * Takes over.
   *
   * @param token of the session in whose name it asks
   */
  public StolenGateway(Jail jail, String token) {
    this.jail = jail;
    this.token = token;
  }

  /** The token it asks with. */
  public String token() {
    return token;
  }

  /** Asks anything. */
  public Reply ask(Request request) {
    Jail.Answer answer = jail.ask(RequestCodec.encode(request));
    if (answer.page().length == 0) {
      throw new AssertionError(request.verb() + " was answered with " + answer.outcome());
    }
    return RecordCodec.decode(Reply.class, answer.page());
  }

  /** Asks for what is to be refused: why it was. */
  public Refusal refusal(Request request) {
    Reply reply = ask(request);
    if (reply instanceof Reply.Refused(Refusal why, var _, var _)) {
      return why;
    }
    throw new AssertionError(request.verb() + " was not refused: " + reply);
  }

  /** The page that a reply leads to. */
  public <P extends Page> P page(Class<P> kind, Reply reply) {
    Reply now = reply;
    for (int i = 0; i < TRIES; i++) {
      switch (now) {
        case Reply.Show(Page page) when kind.isInstance(page) -> {
          return kind.cast(page);
        }
        case Reply.Moved(PageAddress to) -> now = ask(view(to));
        case Reply.Done(PageAddress to) -> now = ask(view(to));
        case Reply.Begun(String job) -> now = ask(new Request.Job(token, job, "en"));
        case Reply.Show(Page.Running running) -> {
          pause();
          now = ask(new Request.Job(token, running.job(), "en"));
        }
        default -> throw new AssertionError("no " + kind.getSimpleName() + ": " + now);
      }
    }
    throw new AssertionError("no end: " + now);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The first form of a workflow. */
  public Page.Form begin(String workflow) {
    return page(Page.Form.class, ask(new Request.Start(token, workflow, Map.of(), "en")));
  }

  /** Begins a budget and asks for it. */
  public Page.Report budget(String account) {
    Page.Form form = begin("budget_12");
    return page(
        Page.Report.class,
        ask(
            submit(
                form,
                Map.of(
                    "account", List.of(account), "period", List.of(handle(form, "period", 0))))));
  }

  /** What honest people would send. */
  public Request.Submit submit(Page.Form form, Map<String, List<String>> values) {
    return submit(form.address(), form.ticket(), values);
  }

  /** Any submit. */
  public Request.Submit submit(PageAddress at, String ticket, Map<String, List<String>> values) {
    return new Request.Submit(token, at.workflow(), at.visit(), at.page(), ticket, values, "en");
  }

  /** Asks for a page. */
  public Request.View view(PageAddress at) {
    return new Request.View(token, at.workflow(), at.visit(), at.page(), Map.of(), "en");
  }

  /** Follows any row. */
  public Request.Follow follow(PageAddress at, String offer) {
    return new Request.Follow(token, at.workflow(), at.visit(), at.page(), offer, Map.of(), "en");
  }

  /** Asks for the same once more. */
  public Request.Again again(PageAddress at) {
    return new Request.Again(token, at.workflow(), at.visit(), at.page(), "en");
  }

  /** Asks for a file. */
  public Request.Download download(PageAddress at, String format) {
    return new Request.Download(token, at.workflow(), at.visit(), at.page(), format, "en");
  }

  /** The handle of an option that a form offers. */
  public static String handle(Page.Form form, String field, int option) {
    return options(form, field).get(option).handle();
  }

  /** Everything that a form offers for a field. */
  public static List<Page.Option> options(Page.Form form, String field) {
    return form.fields().stream()
        .filter(f -> f.name().equals(field))
        .map(Page.Field::control)
        .map(control ->
            switch (control) {
              case Page.Control.One one -> one.options();
              case Page.Control.Many many -> many.options();
              default -> List.<Page.Option>of();
            })
        .findFirst()
        .orElseThrow();
  }
}

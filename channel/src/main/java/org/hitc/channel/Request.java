package org.hitc.channel;

import java.util.List;
import java.util.Map;

/**
 * One question of the gateway: the closed list of verbs of {@code docs/PROTOCOL.md}.
 *
 * <p>A form field without any value is the same as an absent one: it is not kept.
 *
 * <p>The shape is checked when a request is decoded; the meaning of every value (is the token
 * valid, does the workflow exist, was the choice offered) is for the listener to decide.
 */
public sealed interface Request {

  /** The verb on the first line of the request file. */
  default String verb() {
    return switch (this) {
      case Login _ -> "login";
      case LoginAnswer _ -> "answer";
      case Logout _ -> "logout";
      case Home _ -> "home";
      case Start _ -> "start";
      case View _ -> "page";
      case Submit _ -> "submit";
      case Follow _ -> "follow";
      case Again _ -> "again";
      case Download _ -> "download";
      case Jobs _ -> "jobs";
      case Job _ -> "job";
      case Output _ -> "output";
      case Cancel _ -> "cancel";
      case Session _ -> "session";
      case Stay _ -> "stay";
      case Keep _ -> "keep";
      case Forget _ -> "forget";
      case Sessions _ -> "sessions";
      case EndSession _ -> "end";
      case EndOthers _ -> "endothers";
      case Speak _ -> "speak";
    };
  }

  /**
   * Languages the browser asks for: the raw value of {@code Accept-Language}, behind the one that
   * was chosen in this browser, if there is one; or the empty text.
   */
  String languages();

  /** A request of somebody who has signed in. */
  sealed interface SignedIn extends Request
      permits Logout,
          Home,
          Start,
          View,
          Submit,
          Follow,
          Again,
          Download,
          Jobs,
          Job,
          Output,
          Cancel,
          Session,
          Stay,
          Keep,
          Forget,
          Sessions,
          EndSession,
          EndOthers,
          Speak {
    /** The session token exactly as the browser sent it; not yet believed. */
    String token();
  }

  /**
   * Sign in.
   *
   * @param idle chosen idle limit in minutes, as decimal text
   * @param source address of the browser as the gateway saw it: slows down guessing, and tells the
   *     user later where a session began
   */
  record Login(String user, String password, String idle, String source, String languages)
      implements Request {}

  /**
   * Answer a further screen of a sign-in that has begun.
   *
   * @param pending the handle that came with the screen
   * @param values what was typed, by the field's name
   * @param source as for {@link Login}
   */
  record LoginAnswer(
      String pending, Map<String, List<String>> values, String source, String languages)
      implements Request {
    public LoginAnswer {
      values = copy(values);
    }

    /** Without what was typed. */
    @Override
    public String toString() {
      return "LoginAnswer[]";
    }
  }

  /** End the session everywhere. */
  record Logout(String token, String languages) implements SignedIn {}

  /** The list of what this user may do. */
  record Home(String token, String languages) implements SignedIn {}

  /**
   * Begin a visit.
   *
   * @param values answers carried by a link, for the first form
   */
  record Start(String token, String workflow, Map<String, List<String>> values, String languages)
      implements SignedIn {
    public Start {
      values = copy(values);
    }
  }

  /**
   * Show a page of a visit again.
   *
   * @param arrangement how a report is shown: {@link Arrangement}
   */
  record View(
      String token,
      String workflow,
      String visit,
      String page,
      Map<String, List<String>> arrangement,
      String languages)
      implements SignedIn {
    public View {
      arrangement = copy(arrangement);
    }
  }

  /**
   * Submit the form on a page.
   *
   * @param ticket the page's one-time ticket
   * @param values what was typed or chosen, by field name; a choice is an offer's handle
   */
  record Submit(
      String token,
      String workflow,
      String visit,
      String page,
      String ticket,
      Map<String, List<String>> values,
      String languages)
      implements SignedIn {
    public Submit {
      values = copy(values);
    }
  }

  /**
   * Follow the link of a row.
   *
   * @param offer the handle of the row
   * @param arrangement how the report was shown, so that the way back leads to the same view
   */
  record Follow(
      String token,
      String workflow,
      String visit,
      String page,
      String offer,
      Map<String, List<String>> arrangement,
      String languages)
      implements SignedIn {
    public Follow {
      arrangement = copy(arrangement);
    }
  }

  /** Run the report of a page once more, with the same answers. */
  record Again(String token, String workflow, String visit, String page, String languages)
      implements SignedIn {}

  /** The list of the user's jobs. */
  record Jobs(String token, String languages) implements SignedIn {}

  /**
   * The page of one job: what it does while it runs, then where its result stands.
   *
   * @param job its reference, such as {@code 7K3P-2M}
   */
  record Job(String token, String job, String languages) implements SignedIn {}

  /**
   * What a running job has printed; not a sign of life of its user.
   *
   * @param from offset of the first byte that is wanted, as decimal text
   * @param follow {@code yes} to be sent more as it is printed, {@code no} for what there is now
   */
  record Output(String token, String job, String from, String follow, String languages)
      implements SignedIn {}

  /**
   * Stop a running job.
   *
   * @param job its reference, such as {@code 7K3P-2M}
   */
  record Cancel(String token, String job, String languages) implements SignedIn {}

  /** How it stands with the session, or why it has ended; not a sign of life of its user. */
  record Session(String token, String languages) implements SignedIn {}

  /** A sign of life: the user wants to stay signed in. */
  record Stay(String token, String languages) implements SignedIn {}

  /**
   * Keep what stands in the form of a page, and do nothing with it; not a sign of life. Pages send
   * it by themselves when they find that the session is over.
   *
   * @param ticket the page's one-time ticket
   * @param values as of {@link Submit}
   */
  record Keep(
      String token,
      String workflow,
      String visit,
      String page,
      String ticket,
      Map<String, List<String>> values,
      String languages)
      implements SignedIn {
    public Keep {
      values = copy(values);
    }
  }

  /** Delete what was kept for the holder of a token whose session has ended. */
  record Forget(String token, String languages) implements SignedIn {}

  /** The list of the user's sessions. */
  record Sessions(String token, String languages) implements SignedIn {}

  /**
   * End a session of the same user.
   *
   * @param session its handle
   */
  record EndSession(String token, String session, String languages) implements SignedIn {}

  /**
   * End all other sessions of the user.
   *
   * @param session the handle of this one, which a foreign page cannot know
   */
  record EndOthers(String token, String session, String languages) implements SignedIn {}

  /**
   * Speak this language from now on, to this user, in every browser.
   *
   * @param language BCP 47 tag
   */
  record Speak(String token, String language, String languages) implements SignedIn {}

  /**
   * Fetch a report as a file.
   *
   * @param format a name of {@link Page.Download}, in lower case
   */
  record Download(
      String token, String workflow, String visit, String page, String format, String languages)
      implements SignedIn {}

  private static Map<String, List<String>> copy(Map<String, List<String>> values) {
    return values.entrySet().stream()
        .filter(e -> !e.getValue().isEmpty())
        .collect(
            java.util.stream.Collectors.toUnmodifiableMap(
                Map.Entry::getKey, e -> List.copyOf(e.getValue())));
  }
}

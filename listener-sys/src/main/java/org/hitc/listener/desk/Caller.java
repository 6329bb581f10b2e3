package org.hitc.listener.desk;

import java.util.Optional;
import java.util.Set;
import org.hitc.i18n.Language;
import org.hitc.listener.page.Readers;
import org.hitc.session.Session;
import org.hitc.session.signin.UserEntry;
import org.hitc.workflow.model.Workflow;

/**
 * Somebody whose session was just checked.
 *
 * @param session the session, as the store has it
 * @param user what the provider says about the user now: roles are looked up at each request
 * @param language the user's own choice, else the best of what the browser asks for
 * @param workflows what is offered while this request is answered
 */
record Caller(Session session, UserEntry user, Language language, Workflows workflows) {
  /** The role that everybody has. */
  private static final String EVERYONE = "everyone";

  String name() {
    return user.name();
  }

  /** With which a launcher runs a step as the caller; nothing when it gave none. */
  Optional<String> grant() {
    return session.grant();
  }

  /** As the reader of a page. */
  Readers.Reading reading() {
    return new Readers.Reading(
        user.displayName(), session.idleEnd(), session.left(), language, workflows.words());
  }

  /** True when one of the workflow's roles is the caller's. */
  boolean may(Workflow workflow) {
    Set<String> roles = user.roles();
    return workflow.roles().stream().anyMatch(r -> r.equals(EVERYONE) || roles.contains(r));
  }
}

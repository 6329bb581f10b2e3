package org.hitc.listener.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hitc.channel.Page;
import org.hitc.channel.Reply;
import org.hitc.channel.Text;
import org.hitc.listener.job.JobRecord;
import org.hitc.listener.job.JobView;
import org.hitc.listener.job.Jobs;
import org.hitc.listener.page.PageWords;
import org.hitc.listener.page.Pages;
import org.hitc.listener.page.Reader;
import org.hitc.listener.page.Readers;
import org.hitc.workflow.model.ConfirmStep;
import org.hitc.workflow.model.Flow;
import org.hitc.workflow.model.FormStep;

/** Handles the home page: what the user may do, what runs, what was looked at lately. */
final class HomeDesk {
  private static final int LOOKED_AT = 50;
  private static final int RECENT = 5;

  private final Jobs jobs;
  private final Readers readers;

  HomeDesk(Jobs jobs, Readers readers) {
    this.jobs = jobs;
    this.readers = readers;
  }

  Answered home(Caller caller) {
    Reader reader = readers.of(caller.reading());
    Map<String, List<Definition>> groups = new TreeMap<>();
    caller.workflows().all().stream()
        .filter(d -> caller.may(d.workflow()))
        .forEach(d ->
            groups.computeIfAbsent(d.workflow().group().orElse(""), _ -> new ArrayList<>()).add(d));
    List<JobView> lately = jobs.list(caller.name(), LOOKED_AT);
    return new Answered.With(
        new Reply.Show(
            new Page.Home(
                Pages.frame(reader, PageWords.home(reader), Optional.empty()),
                recent(caller, lately),
                groups.entrySet().stream()
                    .map(g -> group(caller, g.getKey(), g.getValue()))
                    .toList(),
                lately.stream()
                    .filter(job -> job.record().ended().isEmpty())
                    .map(job ->
                        new Page.RunningJob(
                            job.reference(),
                            title(caller, job.record().workflow()),
                            reader.words().formats().time(job.record().started())))
                    .toList())));
  }

  /** Words for a workflow, also for one that is not offered any more. */
  Text title(Caller caller, String workflow) {
    return title(caller.workflows(), caller.reading(), workflow);
  }

  /** The same for somebody who is not signed in any more. */
  Text title(Workflows now, Readers.Reading reading, String workflow) {
    return now.current(workflow)
        .map(d -> PageWords.workflow(readers.of(reading, d.messages()), d.workflow().title()))
        .orElse(Text.of(workflow));
  }

  /** False for a job that did nothing but fill in a form or a question: nobody looks for it. */
  boolean isOfInterest(Caller caller, JobView job) {
    JobRecord record = job.record();
    boolean form =
        caller
            .workflows()
            .current(record.workflow())
            .flatMap(d -> d.workflow().step(record.step()))
            .filter(step ->
                step instanceof FormStep || step instanceof ConfirmStep || !Flow.isPage(step))
            .isPresent();
    return !form || record.writes() || record.state() != JobRecord.State.DONE;
  }

  /**
   * The last pages that were made with success, each workflow and parameters once; only of what the
   * user may do now.
   */
  private List<Page.Recent> recent(Caller caller, List<JobView> lately) {
    Map<String, Page.Recent> recent = new LinkedHashMap<>();
    for (JobView job : lately) {
      JobRecord record = job.record();
      String parameters = String.join(", ", record.parameters());
      boolean found = record.state() == JobRecord.State.DONE && isOfInterest(caller, job);
      boolean open =
          caller
              .workflows()
              .current(record.workflow())
              .filter(d -> caller.may(d.workflow()))
              .isPresent();
      if (found && open && !parameters.isEmpty() && !record.writes()) {
        record
            .page()
            .ifPresent(page ->
                recent.putIfAbsent(
                    record.workflow() + " " + record.step() + " " + parameters,
                    new Page.Recent(title(caller, record.workflow()), parameters, page)));
      }
    }
    return recent.values().stream().limit(RECENT).toList();
  }

  private Page.Group group(Caller caller, String heading, List<Definition> members) {
    List<Page.WorkflowLink> links =
        members.stream()
            .sorted(Comparator.comparing(d -> d.workflow().title()))
            .map(d -> {
              Reader reader = readers.of(caller.reading(), d.messages());
              return new Page.WorkflowLink(
                  d.workflow().name(),
                  PageWords.workflow(reader, d.workflow().title()),
                  d.workflow().summary().map(s -> PageWords.summary(reader, s)));
            })
            .toList();
    Reader reader = readers.of(caller.reading(), members.getFirst().messages());
    return new Page.Group(PageWords.group(reader, heading), links);
  }
}

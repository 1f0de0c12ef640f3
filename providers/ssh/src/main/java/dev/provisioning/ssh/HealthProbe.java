package dev.provisioning.ssh;

import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.HealthReport.Answer;
import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All checks of a machine in one round trip; the machine asks them at the same time. */
final class HealthProbe {
  private static final Duration GRACE = Duration.ofSeconds(20);
  private final Agent agent;

  HealthProbe(Agent agent) {
    this.agent = agent;
  }

  private record Question(String taskServ, HealthCheck check) {}

  HealthReport ask(ShellTarget target, Map<String, List<HealthCheck>> checks) {
    var questions = new ArrayList<Question>();
    new TreeMap<>(checks)
        .forEach((name, list) -> list.forEach(c -> questions.add(new Question(name, c))));
    if (questions.isEmpty()) {
      return new HealthReport(List.of());
    }
    var longest = questions.stream().map(q -> q.check().timeout()).max(Duration::compareTo);
    return agent.call(
        target,
        Agent.Call.reading(longest.orElseThrow().plus(GRACE), "health"),
        process -> {
          process.send(text(questions).getBytes(StandardCharsets.UTF_8));
          process.endInput();
          return answers(target, questions, process);
        });
  }

  /** Four fields each, every one ended by NUL: a command may hold anything else. */
  private static String text(List<Question> questions) {
    var text = new StringBuilder();
    for (var question : questions) {
      text.append(question.taskServ()).append('\0');
      text.append(question.check().name()).append('\0');
      text.append(CommandLines.seconds(question.check().timeout())).append('\0');
      text.append(question.check().command()).append('\0');
    }
    return text.toString();
  }

  private static HealthReport answers(
      ShellTarget target, List<Question> questions, RemoteProcess process) throws IOException {
    var answers = new ArrayList<Answer>();
    for (var question : questions) {
      var words = Agent.expectLine(target, process).split(" ", 3);
      boolean ok = words[1].equals("0");
      answers.add(
          new Answer(
              question.taskServ(),
              question.check().name(),
              ok,
              ok || words.length < 3 ? "" : words[2]));
    }
    return new HealthReport(answers);
  }
}

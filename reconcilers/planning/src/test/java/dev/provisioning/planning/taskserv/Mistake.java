package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.planning.Conditions;
import java.time.Duration;
import java.util.function.Consumer;

/** What people get wrong, in a spec or around it, and the words that they read. */
record Mistake(String name, Consumer<Scene> world, String spec, String expected) {
  static final String GOOD = "{servers: {names: [db-01]}}";

  static Mistake spec(String name, String spec, String expected) {
    return new Mistake(name, scene -> {}, spec, expected);
  }

  static Mistake world(String name, Consumer<Scene> world, String expected) {
    return new Mistake(name, world, GOOD, expected);
  }

  /** It is read on the TaskServ, and nothing came of it on the machine. */
  void isToldAndNothingIsHalfDone() {
    Scene scene = new Scene().define("redis").server("db-01");
    world.accept(scene);
    scene.apply("redis", spec);
    scene.settle(Duration.ofMinutes(5));
    isTold(scene);
    assertThat(scene.machines.get("db-01").applied("redis")).isEmpty();
  }

  void isTold(Scene scene) {
    Condition ready = scene.condition("redis", Conditions.READY);
    assertThat(ready.reason() + ": " + ready.message()).isEqualTo(expected);
  }

  @Override
  public String toString() {
    return name;
  }
}

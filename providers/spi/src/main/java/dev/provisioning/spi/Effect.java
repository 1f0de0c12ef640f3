package dev.provisioning.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that changes the world outside. Of a port, only classes named {@code *Executor}
 * may call it, behind a recorded intent. Whoever calls it stands between two {@link
 * dev.provisioning.spi.failpoint.Failpoints}. Architecture tests hold both.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Effect {}

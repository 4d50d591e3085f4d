package org.springframework.web.bind.annotation;

/** As Spring has it, for snippets. */
public @interface PostMapping {
  String value();
}

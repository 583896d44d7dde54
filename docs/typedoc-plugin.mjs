// The reference in the order of src/index.ts, by the question answered; names in code type linked to it from pages; and
// icons inside each page, since a browser takes none from another file of a folder.
import { readFileSync } from 'node:fs';
import { Application, Comment, CommentTag, Converter, PageEvent, ReflectionKind } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  const questions = questionsOf(readFileSync('src/index.ts', 'utf8'));

  app.on(Application.EVENT_BOOTSTRAP_END, () => {
    app.options.setValue('categoryOrder', [...new Set(questions.values()), '*']);
  });

  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const entry of project.children) {
      entry.name = entry.name === 'index' ? 'tinbergen' : `tinbergen/${entry.name}`;
      if (entry.name === 'tinbergen') entry.children.forEach((each) => categorise(each, questions));
    }
    for (const document of project.getReflectionsByKind(ReflectionKind.Document))
      document.name = /^# (.*)$/m.exec(document.content[0].text)?.[1] ?? document.name;
  });

  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    const named = new Map(
      project.children
        .toReversed()
        .flatMap((entry) => entry.children ?? [])
        .filter((reflection) => !reflection.isReference())
        .map((reflection) => [reflection.name, reflection]),
    );
    const linked = (part) => {
      const name = part.kind === 'code' ? /^`(\w+)`$/.exec(part.text)?.[1] : undefined;
      const target = named.get(name);
      return target === undefined ? part : { kind: 'inline-tag', tag: '@linkcode', text: name, target };
    };
    for (const document of project.getReflectionsByKind(ReflectionKind.Document))
      document.content = document.content.map(linked);
    project.readme = project.readme?.map(linked);
  });

  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents?.replaceAll(/href="[./]*assets\/icons\.svg#/g, 'href="#');
  });
}

/** A reflection under its question; a function's comment is its signatures'. */
function categorise(reflection, questions) {
  const question = questions.get(reflection.name);
  if (question === undefined) return;
  for (const each of reflection.signatures ?? [reflection]) {
    each.comment ??= new Comment();
    each.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: question }]));
  }
}

/** The section of src/index.ts that each name stands in, in order. */
function questionsOf(text) {
  const questions = new Map();
  let question;
  for (const [, comment, names] of text.matchAll(/^\/\/ (.*)$|^export (?:type )?\{([^}]*)\}/gm)) {
    if (comment !== undefined) question = comment[0].toUpperCase() + comment.slice(1);
    else
      for (const name of names.split(',').filter((each) => each.trim() !== ''))
        questions.set(name.trim().split(' as ').at(-1), question);
  }
  return questions;
}

// The reference ordered by the question answered, as src/index.ts is, and names in code type linked to it from guides.
import { readFileSync } from 'node:fs';
import { CommentTag, Comment, Converter, ReflectionKind } from 'typedoc';

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const entry of project.children)
      if (entry.kindOf(ReflectionKind.Module))
        entry.name = entry.name === 'index' ? 'tinbergen' : `tinbergen/${entry.name}`;
    const questions = questionsOf(readFileSync('src/index.ts', 'utf8'));
    const core = project.children.find(({ name }) => name === 'tinbergen');
    for (const reflection of core.children) {
      const question = questions.get(reflection.name);
      if (question === undefined) continue;
      // A function's comment is its signatures'.
      for (const each of reflection.signatures ?? [reflection]) {
        each.comment ??= new Comment();
        each.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: question }]));
      }
    }
  });

  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    const named = new Map();
    for (const entry of project.children.toReversed())
      for (const reflection of entry.children ?? [])
        if (!reflection.isReference()) named.set(reflection.name, reflection);
    const documents = project.getReflectionsByKind(ReflectionKind.Document);
    for (const document of documents) {
      document.content = document.content.map((part) => {
        const name = part.kind === 'code' ? /^`(\w+)`$/.exec(part.text)?.[1] : undefined;
        const target = name === undefined ? undefined : named.get(name);
        return target === undefined ? part : { kind: 'inline-tag', tag: '@linkcode', text: name, target };
      });
    }
  });
}

/** The section of src/index.ts that each name stands in. */
function questionsOf(text) {
  const questions = new Map();
  let question;
  for (const [, comment, names] of text.matchAll(/^\/\/ (.*)$|^export (?:type )?\{([^}]*)\}/gm)) {
    if (comment !== undefined) question = comment;
    else
      for (const name of names.split(','))
        if (name.trim() !== '') questions.set(name.trim().split(' as ').at(-1), question);
  }
  return questions;
}

/**
 * Finds texts of the page that are in the code instead of in the language files: text in JSX, attributes that are shown
 * or read out, announcements, and every string of two words or more. Names that are the same in every language
 * (`Barometer`, `HTTP 429`) are allowed.
 */
const SHOWN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'label',
  'legend',
  'placeholder',
  'text',
  'title',
  'what',
]);
/** Attributes that readers never see, whatever their value. */
const HIDDEN =
  /^(?:accept|allow|autoComplete|class[nN]ame|className|content|d|href|points|preserveAspectRatio|rel|sandbox|src|style|strokeDasharray|transform|viewBox|type)$/;
/** Calls whose arguments no reader sees. */
const UNSEEN = /^(?:Error|TypeError|querySelector|querySelectorAll|matches|closest|supports|info|error|warn|test|replace|replaceAll|split|join|t|rich)$/;
const NAMES = new Set(['Barometer', 'HTML', 'RSS', 'RDF', 'Atom', 'JSON Feed', 'HTTP', 'https://', 'KEY', 'arn:aws:sns:…']);
const WORD = /\p{L}{2,}/u;
const WORDS = /\p{L}{2,}[,.:;!?…]* +[\p{L}“„(]/u;

const isText = (text) => WORD.test(text) && !NAMES.has(text.trim());

/** How the string at `node` is used, by the nearest ancestor that decides it. */
function useOf(node) {
  for (let child = node, parent = node.parent; parent; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'JSXAttribute':
        return { kind: SHOWN.has(parent.name.name) ? 'shown' : HIDDEN.test(parent.name.name) ? 'hidden' : 'unknown' };
      case 'JSXExpressionContainer':
        if (parent.parent.type !== 'JSXAttribute') return { kind: 'shown' };
        break;
      case 'CallExpression':
      case 'NewExpression': {
        const name = parent.callee.property?.name ?? parent.callee.name ?? '';
        if (name === 'announce') return { kind: 'shown' };
        return { kind: child === parent.callee || UNSEEN.test(name) ? 'hidden' : 'unknown' };
      }
      case 'ConditionalExpression':
        if (child === parent.test) return { kind: 'unknown' };
        break;
      case 'BinaryExpression':
        if (parent.operator !== '+') return { kind: 'hidden' };
        break;
      case 'SwitchCase':
      case 'MemberExpression':
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
      case 'TSLiteralType':
      case 'TSImportType':
        return { kind: 'hidden' };
      case 'LogicalExpression':
      case 'TemplateLiteral':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
        break;
      case 'Property':
        if (parent.key === child) return { kind: 'hidden' };
        if (SHOWN.has(parent.key.name)) return { kind: 'shown' };
        return { kind: 'unknown' };
      default:
        return { kind: 'unknown' };
    }
  }
  return { kind: 'unknown' };
}

export const translatedText = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { untranslated: 'Text of the page belongs into apps/web/src/i18n, in every language (docs/translation.md): {{text}}' },
  },
  create(context) {
    const report = (node, text) => context.report({ node, messageId: 'untranslated', data: { text: JSON.stringify(text.trim().slice(0, 60)) } });
    const check = (node, text) => {
      if (!isText(text)) return;
      const { kind } = useOf(node);
      if (kind === 'shown' || (kind === 'unknown' && WORDS.test(text))) report(node, text);
    };
    return {
      JSXText: (node) => isText(node.value) && report(node, node.value),
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateLiteral: (node) => {
        const text = node.quasis.map(({ value }) => value.cooked ?? '').join(' ');
        if (node.parent.type !== 'TaggedTemplateExpression') check(node, text);
      },
    };
  },
};

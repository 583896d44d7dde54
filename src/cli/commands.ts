import type { Argument, Command, Option } from './command.ts';

/** A plan, as every command that asks about one takes it. */
const plan: Argument = {
  name: 'plan',
  summary: "a plan as JSON, or its text in Chinese or English ('-' for standard input)",
};

const formats: readonly Option[] = [
  { name: 'json', summary: 'print the whole answer as JSON' },
  { name: 'csv', summary: 'print the main table as CSV, numbers unrounded' },
  { name: 'markdown', summary: 'print as Markdown' },
];

const language: Option = {
  name: 'language',
  value: 'language',
  summary: 'language of targets and labels',
  choices: ['en', 'zh'],
  default: 'en',
};

const year: Option = {
  name: 'year',
  value: 'year',
  summary: "the plan's year, for a text that does not say it",
};

/** What may differ in a plan's model. */
const model: readonly Option[] = [
  { name: 'horizon', value: 'years', summary: 'years to project, from the base year on', default: '5' },
  year,
  {
    name: 'parameters',
    value: 'list',
    summary: 'other parameters of the model, such as p_industry=-2%,g_services=9%',
    many: true,
  },
  {
    name: 'shares',
    value: 'list',
    summary: 'shares of base-year GDP: agriculture=2%,industry=45%,construction=8%,services=45%',
    many: true,
  },
];

const seed: Option = {
  name: 'seed',
  value: 'number',
  summary: 'a whole number; the same seed gives the same answer',
  default: '0',
};

const factor: Option = {
  name: 'factor',
  value: 'distribution',
  summary:
    'distribution of a parameter, such as "g_services=normal(9%, 1%)"; also uniform, triangular, pert, student, twoPieceNormal',
  many: true,
};

const example = 'seeds/lvyuan-2014.json';

/** Every command. Each loads its own code when it runs. */
export const commands: readonly Command[] = [
  {
    name: 'read',
    summary: "the targets that a plan's own words state, Chinese or English, with the place of every number",
    arguments: [{ name: 'text', summary: "a plan's text ('-' for standard input)" }],
    options: [year, ...formats],
    examples: ["printf '2014年工作安排\\n地区生产总值增长12%左右，财政收入同步增长。' | tinbergen read -"],
    run: async (...given) => (await import('./read.ts')).readCommand(...given),
  },
  {
    name: 'plan',
    summary: 'the main job: a plan checked, compounded and projected, and what it takes',
    arguments: [plan],
    options: [...model, language, ...formats],
    examples: [`tinbergen plan ${example}`],
    exit1: 'the plan has errors',
    run: async (...given) => (await import('./plan.ts')).planCommand(...given),
  },
  {
    name: 'check',
    summary: 'whether a plan is well formed, and whether its targets can hold together',
    arguments: [plan],
    options: [
      {
        name: 'history',
        value: 'file',
        summary:
          "levels before the plan (CSV or JSON), to hold the plan's own identities against instead of the two-engine model",
      },
      ...model,
      language,
      ...formats,
    ],
    examples: [`tinbergen check ${example}`],
    exit1: 'the plan has errors, or its targets cannot hold together',
    run: async (...given) => (await import('./check.ts')).checkCommand(...given),
  },
  {
    name: 'project',
    summary: 'the plan carried on to its horizon with the two-engine model',
    arguments: [plan],
    options: [
      { name: 'variables', value: 'list', summary: "variables to show, or 'all'", many: true },
      ...model,
      ...formats,
    ],
    examples: [`tinbergen project ${example} --horizon 3 --variables gdp,growth_gdp`],
    exit1: 'the plan has errors',
    run: async (...given) => (await import('./project.ts')).projectCommand(...given),
  },
  {
    name: 'scenarios',
    summary: 'named settings of the model beside the plan as written',
    arguments: [plan],
    options: [
      {
        name: 'set',
        value: 'settings',
        summary:
          'one scenario: "services-led: g_services=10%, g_output_industry=13%"; defaults to the six of the study',
        many: true,
      },
      {
        name: 'scenarios',
        value: 'file',
        summary: 'scenarios as JSON: [{ "name": ..., "set": { "g_services": "10%" } }]',
      },
      { name: 'variables', value: 'list', summary: "variables to show, or 'all'", many: true },
      ...model.map((option) =>
        option.name === 'horizon' ? { ...option, default: "the plan's first year" } : option,
      ),
      ...formats,
    ],
    examples: [`tinbergen scenarios ${example} --set g_services=10% --set "dear energy: p_industry=2%"`],
    exit1: 'the plan has errors',
    run: async (...given) => (await import('./scenarios.ts')).scenariosCommand(...given),
  },
  {
    name: 'control',
    summary: 'what must be true: the instruments that make targets come true',
    arguments: [plan],
    options: [
      {
        name: 'hit',
        value: 'list',
        summary: 'targets: growth of an indicator such as gdp=12%, or a variable such as fai_cover=1',
        many: true,
        required: true,
      },
      {
        name: 'using',
        value: 'list',
        summary: 'parameters that may move, such as g_services,va_ratio_change',
        many: true,
        required: true,
      },
      { name: 'constant', value: 'list', summary: 'those that take one value for all years', many: true },
      {
        name: 'bounds',
        value: 'list',
        summary: 'lowest and highest value, such as g_services=6%..12%',
        many: true,
      },
      ...model.map((option) =>
        option.name === 'horizon' ? { ...option, default: "the plan's own years" } : option,
      ),
      language,
      ...formats,
    ],
    examples: [`tinbergen control ${example} --hit gdp=12%,retail=14% --using g_services,retail_elasticity`],
    exit1: 'the plan has errors, or not every target can be hit',
    run: async (...given) => (await import('./control.ts')).controlCommand(...given),
  },
  {
    name: 'simulate',
    summary: 'how likely each target is, and all of them together, by Monte Carlo',
    arguments: [plan],
    options: [
      {
        name: 'draws',
        value: 'number',
        summary: 'how often the uncertain parameters are drawn',
        default: '10000',
      },
      seed,
      factor,
      {
        name: 'sampling',
        value: 'kind',
        summary: "independent draws, or scrambled Sobol' points",
        choices: ['random', 'sobol'],
        default: 'random',
      },
      ...model,
      language,
      ...formats,
    ],
    examples: [`tinbergen simulate ${example} --draws 5000 --seed 2014`],
    exit1: 'the plan has errors',
    run: async (...given) => (await import('./simulate.ts')).simulateCommand(...given),
  },
  {
    name: 'forecast',
    summary: 'what history says about the next periods of each series, with intervals',
    arguments: [{ name: 'data', summary: "series as CSV, JSON or SDMX ('-' for standard input)" }],
    options: [
      { name: 'series', value: 'list', summary: 'series to forecast; defaults to all', many: true },
      {
        name: 'method',
        value: 'list',
        summary: 'auto, naive, seasonalNaive, drift, logDrift, theta, ets or arima; of several the mean',
        default: 'auto',
        many: true,
      },
      {
        name: 'horizon',
        value: 'periods',
        summary: 'periods ahead',
        default: 'two years, or four of a yearly series',
      },
      {
        name: 'levels',
        value: 'list',
        summary: 'coverages of the intervals in percent',
        default: '80,95',
        many: true,
      },
      { name: 'level', summary: 'the series are levels that grow by compounding, such as output or income' },
      ...formats,
    ],
    examples: [
      'tinbergen forecast seeds/china-gdp-1978-2019.json --series gdp_index_1978 --level --horizon 5',
    ],
    exit1: 'the data has errors',
    run: async (...given) => (await import('./forecast.ts')).forecastCommand(...given),
  },
  {
    name: 'assess',
    summary:
      'how each target is doing: attainment, and of years under way the nowcast and the pace the rest needs',
    arguments: [plan],
    options: [
      {
        name: 'actual',
        value: 'file',
        summary:
          "levels by indicator as CSV or JSON: by year, or the flows of months or quarters, last year's among them",
      },
      {
        name: 'growth',
        value: 'file',
        summary: 'growth as published: by year, or since January by month or quarter (11.8% or 0.118)',
      },
      {
        name: 'weights',
        value: 'list',
        summary: "shares of a year's periods, where last year's flows are not given",
        default: 'equal',
        many: true,
      },
      {
        name: 'decimals',
        value: 'number',
        summary: 'decimals of percent to which growth is published',
        default: '1',
      },
      { name: 'all', summary: 'show targets without figures too, with the reason' },
      year,
      language,
      ...formats,
    ],
    examples: [
      `printf 'period,gdp,retail\\n2014-Q1,11.8%%,13.2%%\\n2014-Q2,12.1%%,13.9%%' | tinbergen assess ${example} --growth -`,
    ],
    exit1: 'the plan or the data has errors',
    run: async (...given) => (await import('./assess.ts')).assessCommand(...given),
  },
  {
    name: 'sensitivity',
    summary: 'which parameters move the plan',
    arguments: [plan],
    options: [
      {
        name: 'method',
        value: 'method',
        summary: 'how it is asked',
        choices: ['tornado', 'elasticities', 'morris', 'dgsm', 'exact', 'shapley', 'pawn', 'sobol'],
        default: 'tornado',
      },
      {
        name: 'of',
        value: 'variable',
        summary: "the variable asked about, in the plan's first year",
        default: 'growth_gdp',
      },
      {
        name: 'points',
        value: 'number',
        summary: 'points of the sampled methods (each replicate of sobol and shapley)',
      },
      seed,
      factor,
      ...model,
      language,
      ...formats,
    ],
    examples: [`tinbergen sensitivity ${example} --method sobol --points 128`],
    exit1: 'the plan has errors',
    run: async (...given) => (await import('./sensitivity.ts')).sensitivityCommand(...given),
  },
  {
    name: 'report',
    summary: 'the study of a plan as one self-contained HTML page that prints to two A4 pages',
    arguments: [plan],
    options: [
      { name: 'output', short: 'o', value: 'file', summary: 'the page to write', default: 'standard output' },
      language,
      {
        name: 'draws',
        value: 'number',
        summary: 'draws for the chance of each target; 0 leaves it out',
        default: '10000',
      },
      seed,
      { name: 'history', value: 'file', summary: 'levels before the plan as CSV, forecast as fans' },
      {
        name: 'actual',
        value: 'file',
        summary: 'figures of the year under way as CSV, for the pace it needs',
      },
      { name: 'date', value: 'day', summary: 'the day written on the page' },
      ...model,
    ],
    examples: [`tinbergen report ${example} -o report.html --language zh`],
    exit1: 'the plan or the data has errors',
    run: async (...given) => (await import('./report.ts')).reportCommand(...given),
  },
  {
    name: 'explore',
    summary: 'the plan as a page with sliders, served to this machine or written as one self-contained file',
    arguments: [plan],
    options: [
      { name: 'output', short: 'o', value: 'file', summary: 'write the page instead of serving it' },
      { name: 'port', value: 'port', summary: 'the port to serve at', default: 'a free one' },
      language,
      { name: 'draws', value: 'number', summary: 'draws for the chances', default: '100000' },
      seed,
      ...model.filter(({ name }) => name !== 'horizon'),
    ],
    examples: [`tinbergen explore ${example} -o explorer.html`],
    exit1: 'the plan has errors',
    note: 'Without -o the page is served at 127.0.0.1 until Ctrl+C.',
    run: async (...given) => (await import('./explore.ts')).exploreCommand(...given),
  },
  {
    name: 'export',
    summary: 'the study of a plan as an Excel workbook: levels, scenarios and sensitivities as live formulas',
    arguments: [plan],
    options: [
      {
        name: 'output',
        short: 'o',
        value: 'file',
        summary: 'the workbook to write, such as plan.xlsx',
        required: true,
      },
      ...model,
    ],
    examples: [`tinbergen export ${example} -o plan.xlsx`],
    exit1: 'the plan has errors',
    run: async (...given) => (await import('./export.ts')).exportCommand(...given),
  },
  {
    name: 'worker',
    summary: 'run shards of simulations that other programs put into Redis or Valkey, until told to stop',
    arguments: [],
    options: [
      {
        name: 'redis',
        value: 'address',
        summary: 'redis://user:password@host:6379',
        default: 'REDIS_URL, else this machine',
      },
      { name: 'concurrency', value: 'n', summary: 'shards at a time', default: 'one for each processor' },
      { name: 'queue', value: 'name', summary: 'name of the queue', default: 'tinbergen' },
      {
        name: 'modules',
        value: 'folder',
        summary: 'the only folder from which modules of tasks are loaded',
        default: 'this one',
      },
      {
        name: 'lock',
        value: 'seconds',
        summary: 'silence after which the shards of a worker go to others',
        default: '15',
      },
    ],
    examples: ['tinbergen worker --redis redis://localhost:6379 --concurrency 4'],
    note: 'Needs: npm install bullmq ioredis',
    run: async (...given) => (await import('./worker.ts')).workerCommand(...given),
  },
  {
    name: 'completion',
    summary: 'a script that lets a shell complete commands, options and files',
    arguments: [{ name: 'shell', summary: 'the shell', choices: ['bash', 'zsh', 'fish'] }],
    options: [],
    examples: ['tinbergen completion bash'],
    note: 'To keep: tinbergen completion bash >> ~/.bashrc, or fish > ~/.config/fish/completions/tinbergen.fish',
    run: async (...given) => (await import('./completion.ts')).completionCommand(...given),
  },
];

import { text, type FixtureTools } from './fixture-tool.ts';
import { says, type FixturePrompts } from './prompts.ts';

/** The tools and prompts of a fixture, of which one each comes and goes, so that a change of a list can be seen. */
export class ChangingLists {
  /** Called when a list has changed. */
  readonly tell: { tools: () => void; prompts: () => void } = { tools: () => undefined, prompts: () => undefined };
  private readonly lasting: FixtureTools;
  private readonly lastingPrompts: FixturePrompts;
  private hasTool = false;
  private hasPrompt = false;

  constructor(tools: FixtureTools, prompts: FixturePrompts) {
    this.lasting = { ...tools, ...this.triggers };
    this.lastingPrompts = prompts;
  }

  get tools(): FixtureTools {
    const changing = { description: 'Comes and goes.', run: () => text('Here.') };
    return { ...this.lasting, ...(this.hasTool && { test_changing_tool: changing }) };
  }

  get prompts(): FixturePrompts {
    const changing = { definition: { description: 'Comes and goes.' }, get: () => ({ messages: [says('Here.')] }) };
    return { ...this.lastingPrompts, ...(this.hasPrompt && { test_changing_prompt: changing }) };
  }

  private get triggers(): FixtureTools {
    return {
      test_trigger_tool_change: {
        description: 'Adds a tool, or removes it again.',
        run: () => {
          this.hasTool = !this.hasTool;
          this.tell.tools();
          return text('The list of tools changed.');
        },
      },
      test_trigger_prompt_change: {
        description: 'Adds a prompt, or removes it again.',
        run: () => {
          this.hasPrompt = !this.hasPrompt;
          this.tell.prompts();
          return text('The list of prompts changed.');
        },
      },
    };
  }
}

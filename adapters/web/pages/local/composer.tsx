import { Button, Input, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { SendRegular, TextBulletListSquareRegular } from '@fluentui/react-icons';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { fill } from '../shared/words.ts';
import { api, type LocalCommand, type Person } from './api.ts';
import { words } from './words.ts';

/** What is typed: a line, the list of commands, and the first few as chips. */
export function Composer({
  person,
  desk,
  say,
}: {
  readonly person: Person;
  readonly desk: boolean;
  readonly say: (text: string) => void;
}) {
  const [text, setText] = useState('');
  const [commands, setCommands] = useState<readonly LocalCommand[]>([]);
  const line = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void api.commands().then(setCommands, () => {});
  }, []);
  const label = fill(desk ? words.composerDesk : words.composer, { name: person.name });
  const helpdesk = person.rooms.some(({ room }) => room === 'desk');
  const offered = commands.filter((command) => (desk ? command.desk : helpdesk || !command.desk));
  const chips = desk || helpdesk ? words.chips.desk : words.chips.person;

  const send = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (said === '') return;
    setText('');
    say(said);
  };
  const choose = (command: string) => {
    setText(`${command} `);
    line.current?.focus();
  };
  return (
    <form className="composer" onSubmit={send}>
      <div className="chips">
        {chips.map((chip) => (
          <Button key={chip} size="small" shape="circular" onClick={() => say(chip)}>
            {chip}
          </Button>
        ))}
      </div>
      <div className="line">
        {offered.length > 0 && (
          <Menu positioning="above-start">
            <MenuTrigger disableButtonEnhancement>
              <Button appearance="subtle" icon={<TextBulletListSquareRegular />} aria-label={words.commands} />
            </MenuTrigger>
            <MenuPopover className="commands">
              <MenuList aria-label={words.commandsTitle}>
                {offered.map((command) => (
                  <MenuItem key={command.words} subText={command.help} onClick={() => choose(command.words)}>
                    {command.words}
                  </MenuItem>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
        )}
        <Input
          ref={line}
          className="grow"
          size="large"
          value={text}
          maxLength={4000}
          autoComplete="off"
          placeholder={label}
          aria-label={label}
          onChange={(_, { value }) => setText(value)}
        />
        <Button type="submit" appearance="primary" size="large" icon={<SendRegular />} aria-label={words.send} />
      </div>
    </form>
  );
}

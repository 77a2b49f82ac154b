import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { choosePath, hasOwnDialogs } from '../bridge/client.ts';
import classes from './file-chooser.module.css';
import { type ChooseOptions, FolderBrowser } from './folder-browser.tsx';

type Chooser = {
  readonly choose: (options: ChooseOptions, then: (path: string) => void) => void;
  /** To be placed in the screen that chooses. */
  readonly dialog: ReactNode;
};

/** The system's own dialog where the host has one, else a folder browser in the app. */
export function useFileChooser(): Chooser {
  const [asked, setAsked] = useState<{ options: ChooseOptions; then: (path: string) => void } | null>(null);
  const choose = (options: ChooseOptions, then: (path: string) => void) => {
    if (!hasOwnDialogs()) {
      setAsked({ options, then });
      return;
    }
    const { kind, title, suggestedName } = options;
    void choosePath(suggestedName === undefined ? { kind, title } : { kind, title, suggestedName }).then((path) => {
      if (path !== null) then(path);
    });
  };
  const dialog = asked ? (
    <FolderBrowser
      options={asked.options}
      onChosen={(path) => {
        setAsked(null);
        if (path !== null) asked.then(path);
      }}
    />
  ) : null;
  return { choose, dialog };
}

type FieldProps = {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly options: ChooseOptions;
  readonly required?: boolean;
  readonly error?: string | null;
};

/** A path that can be typed, pasted or browsed for. */
export function PathField({ label, description, value, onChange, options, required = false, error }: FieldProps) {
  const { choose, dialog } = useFileChooser();
  return (
    <>
      <div className={classes.bar} style={{ marginBottom: 0 }}>
        <TextInput
          label={label}
          description={description}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          required={required}
          error={error}
          spellCheck={false}
          autoComplete="off"
        />
        <Button variant="default" onClick={() => choose(options, onChange)}>
          Browse…
        </Button>
      </div>
      {dialog}
    </>
  );
}
